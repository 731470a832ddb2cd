import type { AboutSite } from '../about-site.ts';
import { framed } from './frame.tsx';

/** The page on which people search for packages; `packages.json` has their names, of those without wheels too. */
export const packagesPage = (about: AboutSite): string =>
  framed({
    title: `Packages – ${about.name}`,
    root: './',
    about,
    children: (
      <>
        <h1>Packages</h1>
        <label class="hidden" for="search">
          Search packages by name
        </label>
        <input id="search" type="search" placeholder="Search" autocomplete="off" autofocus hidden />
        <p id="count" class="faint" aria-live="polite" />
        <ul id="found" class="names" />
        <noscript>
          <p>
            Without scripts, the <a href="simple/">simple index</a> has the whole list.
          </p>
        </noscript>
      </>
    ),
  });
