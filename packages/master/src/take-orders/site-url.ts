import type { MasterOptions } from '../options.ts';

/** Makes the address of what is published at a path; relative to the site where nobody said where that is. */
export const urlOf =
  ({ siteUrl }: Pick<MasterOptions, 'siteUrl'>) =>
  (path: string): string =>
    siteUrl === null ? encodeURI(path) : new URL(encodeURI(path), siteUrl).href;
