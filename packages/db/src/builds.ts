import { z } from 'zod';
import { type BuildRow, buildColumns, buildJoins, buildRow } from './build-row.ts';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

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

/** One attempt; undefined where there never was one. */
export const readBuild = (db: Queryable, attempt: number): Promise<Build | undefined> =>
  firstRow(db, one, build, [attempt]);

/** The attempts that have a lease. */
export const runningBuilds = (db: Queryable): Promise<BuildRow[]> => rows(db, running, buildRow);
