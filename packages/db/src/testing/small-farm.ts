import { type PackageName, packageName } from '@piw/wheel/package-name';
import { type Version, version } from '@piw/wheel/version';
import type pg from 'pg';
import { addPackage } from '../add-package.ts';
import { addVersions, type NewVersion } from '../add-versions.ts';
import type { Cells } from '../cells.ts';
import { type End, endAttempts } from '../end-attempts.ts';
import type { NewFile } from '../publish-files.ts';
import { knowSlave } from '../slaves.ts';
import { type Taken, takeJobs } from '../take-jobs.ts';
import { addTarget } from '../targets.ts';
import { inTransaction } from '../transaction.ts';

/** What most tests begin with: targets, packages and slaves in one call each, under names that tests make unique. */

export const aName = (text: string): PackageName => packageName.parse(text);
export const aVersion = (text: string): Version => version.parse(text);
export const cells = (name: string, which: string | null = null): Cells => ({
  package: aName(name),
  version: which === null ? null : aVersion(which),
  target: null,
});

const longAgoMs = Date.UTC(2020, 0, 1);

/** A CPython target, `cp311` on `linux_x86_64`, that accepts its own wheels and pure ones; its number. */
export async function makeTarget(pool: pg.Pool, abi: string, platform = 'linux_x86_64'): Promise<number> {
  const python = `3.${abi.slice(3)}`;
  const tags = [`${abi}-${abi}-${platform}`, 'py3-none-any'];
  const offer = { abi, platform, python, implementation: 'cpython', tags };
  return (await inTransaction(pool, (tx) => addTarget(tx, offer))).targetId;
}

/** A package with versions released long ago; their numbers by text. */
export async function makePackage(
  pool: pg.Pool,
  name: string,
  versions: readonly string[] = ['1.0'],
  about: Partial<NewVersion> = {},
): Promise<Map<string, number>> {
  const added = await inTransaction(pool, async (tx) => {
    const { packageId } = await addPackage(tx, { name: aName(name) });
    const all = versions.map((text) => ({ version: aVersion(text), releasedMs: longAgoMs, ...about }));
    return addVersions(tx, packageId, all);
  });
  return new Map(added.versions.map((one) => [one.version, one.versionId]));
}

/** A slave; its number. */
export async function makeSlave(pool: pg.Pool, label: string): Promise<number> {
  return (await knowSlave(pool, { label, owner: `key of ${label}`, instance: '1', hello: {} }))!.slaveId;
}

/** Lets one slave take one job of some targets; undefined where there is none for it. */
export async function takeOne(
  pool: pg.Pool,
  slaveId: number,
  targetIds: readonly number[],
): Promise<Taken | undefined> {
  const offer = { slaveId, targetIds, aloneIds: [], needIds: [1], limitMs: 3_600_000 };
  return (await takeJobs(pool, [offer], { leaseMs: 60_000 }))[0];
}

/** Ends one attempt in a transaction of its own. */
export const endOne = (pool: pg.Pool, attempt: number, end: Partial<End>) =>
  inTransaction(pool, (tx) =>
    endAttempts(tx, [{ attempt, outcome: 'failure', reason: null, steps: [], logBytes: 0, files: [], ...end }]),
  );

/** A wheel as its slave and the master's verification tell of it; its hash is made of one digit. */
export function aFile(filename: string, about: Partial<NewFile> & { digit?: string } = {}): NewFile {
  const [tag = 'py3-none-any'] = /[^-]+-[^-]+-[^-]+(?=\.whl$)/.exec(filename) ?? [];
  const { digit = 'a', ...rest } = about;
  return {
    filename,
    sha256: digit.repeat(64),
    sizeBytes: 1000,
    tags: [tag],
    buildTag: null,
    requiresPython: null,
    metadataSha256: 'f'.repeat(64),
    hasElf: false,
    dependencies: {},
    ...rest,
  };
}

/** The queue, as texts like `foo 1.0 cp311 ready`, in alphabetical order. */
export async function queueOf(pool: pg.Pool, name?: string): Promise<string[]> {
  const { rows } = await pool.query<{ line: string }>(
    `select concat_ws(' ', p.name, v.version, t.abi, phase) as line
    from jobs join versions as v using (version_id) join packages as p using (package_id) join targets as t using (target_id)
    where $1::text is null or p.name = $1
    order by 1`,
    [name ?? null],
  );
  return rows.map(({ line }) => line);
}
