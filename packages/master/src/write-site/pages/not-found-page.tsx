import { render } from 'preact-render-to-string';
import type { AboutSite } from '../about-site.ts';

/** It is shown at any address, so that nothing in it can be relative: it brings its style along. */
const style = `:root{color-scheme:light dark}body{margin:20vh auto 0;max-width:34rem;padding:0 1rem;font:16px/1.55 system-ui,sans-serif}`;

/** The page for what isn't there. */
export const notFoundPage = ({ name, siteUrl }: AboutSite): string =>
  `<!DOCTYPE html>\n${render(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`Not found – ${name}`}</title>
        <style>{style}</style>
      </head>
      <body>
        <h1>There is no such page</h1>
        <p>
          A package that has no wheels here has no page in the index, and pip looks for it elsewhere. <br />
          <a href={siteUrl ?? '/'}>{name}</a>
        </p>
      </body>
    </html>,
  )}\n`;
