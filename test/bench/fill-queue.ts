import { addTarget } from '@piw/db/targets';
import { inTransaction } from '@piw/db/transaction';
import type { BenchDatabase } from './bench-database.ts';

/** A CPython target of this bench, as slaves offer it. */
export const offerOf = (minor: number) => ({
  abi: `cp3${minor}`,
  platform: 'linux_bench',
  tags: [`cp3${minor}-cp3${minor}-linux_bench`, `py3-none-linux_bench`, 'py3-none-any'],
  python: `3.${minor}`,
  implementation: 'cpython',
});

/** Makes CPython targets; their numbers. */
export async function makeTargets({ pool }: BenchDatabase, minors: readonly number[]): Promise<number[]> {
  const made: number[] = [];
  for (const minor of minors) made.push((await inTransaction(pool, (tx) => addTarget(tx, offerOf(minor)))).targetId);
  return made;
}

const packagesSql = `
  insert into packages (name) select 'package-' || n from generate_series(1, $1::integer) as n`;
const versionsSql = `
  insert into versions (package_id, version, released_at)
  select package_id, '1.' || n, now() - interval '1 day' - (package_id * 977 % 100000 + n) * interval '1 minute'
  from packages, generate_series(1, $1::integer) as n
  where package_id > $2`;
/** As the ladder has it: a version waits for the lowest target of its platform; here they are dealt out. */
const jobsSql = `
  insert into jobs (version_id, target_id, need_id, phase, priority, released_at, ready_at)
  select version_id, ($1::integer[])[1 + version_id % cardinality($1::integer[])], 1, 'ready', 4, released_at, released_at
  from versions
  where package_id > $2`;

/** Fills the queue with the backlog of packages of so many versions each, a job each, dealt out to the targets. */
export async function fillQueue(
  { owner }: BenchDatabase,
  { packages, versionsEach, targetIds }: { packages: number; versionsEach: number; targetIds: readonly number[] },
): Promise<void> {
  const { rows } = await owner.query<{ last: number }>('select coalesce(max(package_id), 0) as last from packages');
  const last = rows[0]!.last;
  await owner.query(packagesSql.replace("'package-' || n", `'package-' || n + ${last}`), [packages]);
  await owner.query(versionsSql, [versionsEach, last]);
  await owner.query(jobsSql, [targetIds, last]);
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint');
}
