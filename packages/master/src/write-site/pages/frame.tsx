import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { AboutSite } from '../about-site.ts';

/** What stands around the content of a page; `root` leads from the page to the root of the site. */
interface FrameProps {
  readonly title: string;
  readonly root: string;
  readonly about: AboutSite;
  readonly children: ComponentChildren;
}

/** Only what the site itself serves may be used by a page, whatever a stranger's text in it says. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A whole page as text; all pages of the site but the one for what isn't there look like this. */
export const framed = (props: FrameProps): string => `<!DOCTYPE html>\n${render(<Frame {...props} />)}\n`;

const Frame = ({ title, root, about, children }: FrameProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content={policy} />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <link rel="icon" type="image/svg+xml" href={`${root}icon.svg`} />
      <link rel="stylesheet" href={`${root}site.css`} />
      <script type="module" src={`${root}site.js`} />
    </head>
    <body>
      <header>
        <a class="home" href={root}>
          <img src={`${root}icon.svg`} alt="" />
          {about.name}
        </a>
        <a href={`${root}packages.html`}>Packages</a>
        <a href={`${root}simple/`}>Simple index</a>
      </header>
      <main>{children}</main>
      <footer>
        Wheels on this site were built from the sources that their authors published. Their licences are their authors’;
        the building is ours.
      </footer>
    </body>
  </html>
);
