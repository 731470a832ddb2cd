import type { PackageName } from '@piw/wheel/package-name';
import { compareVersions, type Version, version } from '@piw/wheel/version';
import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const text = `
  select v.version, v.deleted_at is null and v.yanked is null as good
  from versions as v join packages as p using (package_id)
  where p.name = $1`;
const known = z.object({ version, good: z.boolean() });

/** The version of a package that people mean who name none: the newest that isn't yanked or deleted; undefined where there is none at all. */
export async function newestVersion(db: Queryable, name: PackageName): Promise<Version | undefined> {
  const found = await rows(db, { name: 'newest-version', text }, known, [name]);
  const byNews = found.toSorted((a, b) => Number(b.good) - Number(a.good) || compareVersions(b.version, a.version));
  return byNews[0]?.version;
}
