import type { UpstreamFacts, VersionFacts } from '@piw/wheel/ladder';
import { outcome } from '@piw/wheel/outcome';
import { z } from 'zod';
import type { Standing } from './priority.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';
import { type Rung, readRungs } from './rungs.ts';
import { servedWheels, UpstreamReader } from './upstream-wheels.ts';

/** What is known of a version: facts for the ladder, standing for its place in the queue. */
export interface KnownVersion {
  readonly versionId: number;
  readonly needId: number;
  /** What the targets need that one slave is to try, by their numbers. */
  readonly trials: ReadonlyMap<number, number>;
  readonly facts: VersionFacts;
  readonly rungs: readonly Rung[];
  readonly standing: Standing;
}

/** Everything of all the versions at once; a skip or request of null is about every target. */
const factsOfVersions = {
  name: 'facts-of-versions',
  text: `
    select version_id as "versionId", need_id as "needId",
      (extract(epoch from now() - v.released_at) * 1000)::float8 as "ageMs",
      v.requires_python as "requiresPython", v.asked_at is not null as asked, v.yanked is not null as yanked,
      v.deleted_at is not null as deleted, v.upstream, (select upstream from farm) = 'merge' as merges,
      (select coalesce(json_agg(json_build_object('tags', tags, 'requiresPython', requires_python,
          'builtOn', built_on, 'hasElf', has_elf)), '[]')
        from files as f where f.version_id = v.version_id and f.listed) as files,
      (select coalesce(json_agg(json_build_object('targetId', target_id, 'outcome', outcome)), '[]')
        from attempts as a where a.version_id = v.version_id and a.settles) as outcomes,
      (select coalesce(json_agg(target_id), '[]') from skips as s
        where s.package_id = v.package_id and (s.version_id is null or s.version_id = v.version_id)) as skips,
      (select coalesce(json_agg(json_build_object('versionId', version_id, 'targetId', target_id,
          'place', place)), '[]') from nudges as n
        where n.package_id = v.package_id and (n.version_id is null or n.version_id = v.version_id)) as nudges,
      (select coalesce(json_agg(target_id), '[]') from requests as r
        where r.version_id = v.version_id and r.ended_at is null) as requests,
      (select coalesce(json_agg(json_build_object('targetId', target_id, 'needId', t.need_id)), '[]')
        from trials as t where t.version_id = v.version_id) as trials,
      (select coalesce(json_agg(target_id), '[]') from rebuilds as b
        where b.version_id = v.version_id and b.ended_at is null) as rebuilds
    from versions as v join packages using (package_id)
    where version_id = any ($1)`,
};

const id = z.int();
const known = z.object({
  versionId: id,
  needId: id,
  ageMs: z.number(),
  requiresPython: z.string().nullable(),
  asked: z.boolean(),
  yanked: z.boolean(),
  deleted: z.boolean(),
  upstream: servedWheels,
  merges: z.boolean(),
  files: z.array(
    z.object({ tags: z.array(z.string()), requiresPython: z.string().nullable(), builtOn: id, hasElf: z.boolean() }),
  ),
  outcomes: z.array(z.object({ targetId: id, outcome })),
  skips: z.array(id.nullable()),
  nudges: z.array(z.object({ versionId: id.nullable(), targetId: id.nullable(), place: z.enum(['front', 'back']) })),
  requests: z.array(id.nullable()),
  rebuilds: z.array(id),
  trials: z.array(z.object({ targetId: id, needId: id })),
});

/** What is known of versions, read after they were locked. */
export async function versionFacts(db: Queryable, versionIds: readonly number[]): Promise<KnownVersion[]> {
  const found = await rows(db, factsOfVersions, known, [versionIds]);
  const reader = new UpstreamReader();
  const upstreams = found.map((version) => reader.read(version));
  const tags = new Set([...found.flatMap(({ files }) => files.flatMap((file) => file.tags)), ...reader.tags()]);
  const rungs = await readRungs(db, tags);
  return found.map((version, i) => toKnown(version, upstreams[i]!, rungs));
}

function toKnown(version: z.output<typeof known>, upstream: UpstreamFacts, rungs: readonly Rung[]): KnownVersion {
  const { versionId, needId, files, outcomes, requiresPython, asked, requests, rebuilds, skips, nudges, ageMs } =
    version;
  const wanted = asked || requests.length > 0;
  const skipped = skips.includes(null) ? 'all' : new Set(skips.filter((targetId) => targetId !== null));
  const gone = version.deleted || (version.yanked && !wanted);
  return {
    versionId,
    needId,
    trials: new Map(version.trials.map((one) => [one.targetId, one.needId])),
    rungs,
    facts: { targets: rungs, files, outcomes, skipped, requiresPython, gone, upstream },
    standing: { asked, ageMs, requests, rebuilds, nudges },
  };
}
