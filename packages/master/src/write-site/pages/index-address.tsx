import type { AboutSite } from '../about-site.ts';

/** The address of the simple index; where the site doesn't know its own, the reader's browser fills it in. */
export const IndexAddress = ({ about, root }: { readonly about: AboutSite; readonly root: string }) =>
  about.siteUrl === null ? (
    <span data-address={`${root}simple/`}>https://this-site.example/simple/</span>
  ) : (
    new URL('simple/', about.siteUrl).href
  );
