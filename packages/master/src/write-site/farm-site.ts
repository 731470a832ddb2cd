import type { openPool } from '@piw/db/connect';
import type { AboutSite } from './about-site.ts';
import type { SiteFolder } from './site-folder.ts';

/** What writing pages takes: where facts are, where pages go, what they say of the farm. */
export interface FarmSite {
  readonly db: ReturnType<typeof openPool>;
  readonly folder: SiteFolder;
  readonly about: AboutSite;
}
