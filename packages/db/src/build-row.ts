import { outcome, reason } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { target } from '@piw/wheel/target';
import { version } from '@piw/wheel/version';
import { z } from 'zod';

/** An attempt as reports show it; outcome is null while it runs. */
export const buildRow = z.object({
  attempt: z.int(),
  package: packageName,
  version,
  target,
  slave: z.string(),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
  outcome: outcome.nullable(),
  reason: reason.nullable(),
  files: z.array(z.string()),
});

export type BuildRow = z.output<typeof buildRow>;

/** What a report about attempts selects; `a` is the attempt. */
export const buildColumns = `
  a.attempt_id as attempt, p.name as package, v.version, json_build_object('abi', t.abi, 'platform', t.platform) as target,
  s.label as slave, a.started_at as "startedMs", a.ended_at as "endedMs", a.outcome,
  case when a.reason_kind is not null then json_build_object('kind', a.reason_kind, 'subject', a.reason_subject,
    'text', a.reason_text) end as reason,
  array(select filename from attempt_files as f where f.attempt_id = a.attempt_id order by filename) as files`;

/** What `buildColumns` needs beside the attempt. */
export const buildJoins = `
  join versions as v on v.version_id = a.version_id
  join packages as p on p.package_id = v.package_id
  join targets as t on t.target_id = a.target_id
  join slaves as s on s.slave_id = a.slave_id`;
