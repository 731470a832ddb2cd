import { readFile } from 'node:fs/promises';
import { findBuilds } from '@piw/db/find-builds';
import { totals } from '@piw/db/tallies';
import { listTargets } from '@piw/db/targets';
import type { FarmSite } from './farm-site.ts';
import { homePage } from './pages/home-page.tsx';
import { notFoundPage } from './pages/not-found-page.tsx';

/** How many of the latest builds the home page shows. */
const shownBuilds = 10;

/** Style, script and icon of all pages lie beside the sources. */
const assets = new URL('../../assets/', import.meta.url);

/** Writes the home page and the one for what isn't there. */
export async function writeHome({ db, folder, about }: FarmSite): Promise<void> {
  const anything = {
    before: null,
    package: null,
    version: null,
    target: null,
    slave: null,
    reason: null,
    sinceMs: null,
  };
  const [figures, targets, { builds }] = await Promise.all([
    totals(db),
    listTargets(db),
    findBuilds(db, { ...anything, limit: shownBuilds, outcome: 'success' }),
  ]);
  const served = targets.filter(({ retired }) => !retired);
  await folder.put('index.html', homePage({ figures, targets: served, builds }, about));
  await folder.put('404.html', notFoundPage(about));
}

/** Writes what all pages refer to. */
export async function writeAssets({ folder }: Pick<FarmSite, 'folder'>): Promise<void> {
  for (const name of ['site.css', 'site.js', 'icon.svg'])
    await folder.put(name, await readFile(new URL(name, assets), 'utf8'));
}
