import { allPackages } from '@piw/db/project-files';
import { rootJson } from '@piw/wheel/simple-json';
import { rootHtml } from '@piw/wheel/simple-page';
import type { FarmSite } from './farm-site.ts';
import { packagesPage } from './pages/packages-page.tsx';

/** Writes the pages that list every package with a file: the root of the simple index, and the one that people search. */
export async function writeLists({ db, folder, about }: FarmSite): Promise<void> {
  const names = await allPackages(db);
  await folder.put('simple/index.html', rootHtml(names));
  await folder.put('simple/index.json', rootJson(names));
  await folder.put('packages.json', JSON.stringify({ packages: names.map((name) => ({ name })) }));
  await folder.put('packages.html', packagesPage(about));
}
