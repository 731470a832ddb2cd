import type { Outcome } from '@piw/wheel/outcome';
import type { Target } from '@piw/wheel/target';
import { z } from 'zod';
import { type BuildRow, buildColumns, buildJoins, buildRow } from './build-row.ts';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** Which attempts: all that agree with everything that isn't null, the newest first, `before` an attempt. */
export interface BuildsFilter {
  readonly limit: number;
  readonly before: number | null;
  readonly package: string | null;
  readonly version: string | null;
  readonly target: Target | null;
  readonly slave: string | null;
  readonly outcome: Outcome | null;
  readonly reason: string | null;
  readonly sinceMs: number | null;
}

const publishedFile = z.object({
  filename: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  listed: z.boolean(),
  dependencies: z.record(z.string(), z.array(z.string())),
});
const build = z.object({
  ...buildRow.shape,
  steps: z.array(z.unknown()),
  logBytes: z.int(),
  settles: z.boolean(),
  published: z.array(publishedFile),
});

/** An attempt with its steps and files. */
export type Build = z.output<typeof build>;

const one = {
  name: 'read-build',
  text: `
    select ${buildColumns}, a.steps, a.log_bytes as "logBytes", a.settles,
      (select coalesce(json_agg(json_build_object('filename', f.filename, 'sizeBytes', f.size_bytes, 'sha256', f.sha256,
          'listed', f.listed, 'dependencies', f.dependencies) order by f.filename), '[]')
        from attempt_files as made join files as f using (filename)
        where made.attempt_id = a.attempt_id) as published
    from attempts as a ${buildJoins}
    where a.attempt_id = $1`,
};

const running = {
  name: 'running-builds',
  text: `
    select ${buildColumns} from leases as l join attempts as a using (attempt_id) ${buildJoins}
    order by a.attempt_id`,
};

/** Attempts, newest first. The text is made for the filter, so that each has a plan of its own; values are parameters. */
export function listBuilds(db: Queryable, filter: BuildsFilter): Promise<BuildRow[]> {
  const values: unknown[] = [filter.limit];
  const conditions = ['true'];
  const demand = (condition: string, value: unknown) => {
    if (value === null) return;
    values.push(value);
    conditions.push(condition.replace('?', `$${values.length}`));
  };
  demand('a.attempt_id < ?', filter.before);
  demand(
    'a.version_id in (select version_id from versions join packages using (package_id) where name = ?)',
    filter.package,
  );
  demand('v.version = ?', filter.version);
  demand(`t.abi || '-' || t.platform = ?`, filter.target && `${filter.target.abi}-${filter.target.platform}`);
  demand('a.slave_id = (select slave_id from slaves where label = ?)', filter.slave);
  demand('a.outcome = ?', filter.outcome);
  demand('a.reason_kind = ?', filter.reason);
  demand('a.started_at >= to_timestamp(?::float8 / 1000)', filter.sinceMs);
  const text = `
    select ${buildColumns} from attempts as a ${buildJoins}
    where ${conditions.join(' and ')}
    order by a.attempt_id desc
    limit $1`;
  return rows(db, { name: '', text }, buildRow, values);
}

/** One attempt; undefined where there never was one. */
export const readBuild = (db: Queryable, attempt: number): Promise<Build | undefined> =>
  firstRow(db, one, build, [attempt]);

/** The attempts that have a lease. */
export const runningBuilds = (db: Queryable): Promise<BuildRow[]> => rows(db, running, buildRow);
