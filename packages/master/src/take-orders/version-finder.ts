import type { NewVersion } from '@piw/db/add-versions';
import type { PackageName } from '@piw/wheel/package-name';
import type { IndexClient } from '../follow-pypi/index-client.ts';
import { chooseVersions, type Wanted } from './choose-versions.ts';

/** Asks the index which versions somebody means. */
export interface VersionFinder {
  /** Throws a Refusal where there are none, or none can be had of the index. */
  find(name: PackageName, wanted: Wanted): Promise<[NewVersion, ...NewVersion[]]>;
  /** What is being asked ends now, and nothing more is asked. */
  stop(): void;
}

/** Asks it here, in this thread. */
export const finderHere = (client: Pick<IndexClient, 'lookUp' | 'stop'>): VersionFinder => ({
  find: async (name, wanted) => chooseVersions(await client.lookUp(name), name, wanted),
  stop: () => client.stop(),
});
