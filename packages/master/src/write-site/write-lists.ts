import { allPackages } from '@piw/db/project-files';
import { rootJson } from '@piw/wheel/simple-json';
import { rootHtml } from '@piw/wheel/simple-page';
import type { FarmSite } from './farm-site.ts';
import { packagesPage } from './pages/packages-page.tsx';

/**
 * Writes the pages that list everything: the roots of the simple indexes, with the packages that have a file, and the one that
 * people search, with those that have none too: who looks for one wants to know why.
 */
export async function writeLists({ db, folder, about }: FarmSite): Promise<void> {
  const packages = await allPackages(db);
  const names = packages.filter(({ hasFiles }) => hasFiles).map(({ name }) => name);
  const found = packages.map(({ name, hasFiles }) => ({ name, wheels: hasFiles }));
  for (const index of ['simple', 'own/simple']) {
    await folder.put(`${index}/index.html`, rootHtml(names));
    await folder.put(`${index}/index.json`, rootJson(names));
  }
  await folder.put('packages.json', JSON.stringify({ packages: found }));
  await folder.put('packages.html', packagesPage(about));
}
