import { z } from 'zod';
import { columnOf, counters, type Grain, gauges, grains, series } from './history-series.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const columns = series.map(columnOf);

/** From name to name along the primary key: as many steps as there are subjects, however much is kept of each. */
const allSubjects = {
  name: 'history-subjects',
  text: `
    with recursive subjects as (
      (select kind, name from history order by kind, name limit 1)
      union all
      select next.*
      from subjects as s
      cross join lateral (
        select kind, name from history as h where (h.kind, h.name) > (s.kind, s.name) order by h.kind, h.name limit 1
      ) as next
    )
    select kind, name from subjects`,
};
const subject = z.object({ kind: z.string(), name: z.string() });

const inStep = [
  ...gauges.map((one) => `avg(s.${columnOf(one)})::real as ${columnOf(one)}`),
  ...counters.map((one) => `nullif(sum(s.${columnOf(one)}), 0)::real as ${columnOf(one)}`),
];
const steps = columns.map((column) =>
  column === 'building'
    ? 'array_agg(building order by step)'
    : `case when count(${column}) > 0 then array_agg(${column} order by step) end`,
);

/** Of some subjects ($5, $6) all pieces of $4 seconds that ended before $3 and aren't there yet: steps of $1 seconds become steps of $2. */
const rollUp = {
  name: 'roll-up-history',
  text: `
    with pieces as (
      select s.kind, s.name, piece.at_s
      from unnest($5::text[], $6::text[]) as s (kind, name)
      cross join lateral (
        select distinct floor(extract(epoch from at) / $4::integer) * $4::integer as at_s from history as fine
        where fine.kind = s.kind and fine.name = s.name and step_s = $1::smallint and at < to_timestamp($3::float8)
      ) as piece
      where not exists (
        select from history as coarse
        where coarse.kind = s.kind and coarse.name = s.name and step_s = $2::smallint and at = to_timestamp(piece.at_s)
      )
    ), found as (
      select p.kind, p.name, p.at_s,
        floor((extract(epoch from fine.at) - p.at_s + (s.i - 1) * $1::smallint) / $2::smallint)::integer as step,
        ${inStep.join(', ')}
      from pieces as p
      cross join lateral (
        select * from history as h
        where h.kind = p.kind and h.name = p.name and h.step_s = $1::smallint
          and h.at >= to_timestamp(p.at_s) and h.at < to_timestamp(p.at_s + $4::integer)
      ) as fine
      cross join lateral unnest(${columns.map((column) => `fine.${column}`).join(', ')})
        with ordinality as s (${columns.join(', ')}, i)
      where s.building is not null
      group by p.kind, p.name, p.at_s, step
    )
    insert into history (kind, name, step_s, at, ${columns.join(', ')})
    select kind, name, $2::smallint, to_timestamp(at_s), ${steps.join(', ')}
    from pieces
    cross join generate_series(0, $4::integer / $2::smallint - 1) as step
    left join found using (kind, name, at_s, step)
    group by kind, name, at_s
    on conflict (kind, name, step_s, at) do nothing`,
};

const forget = {
  name: 'forget-history',
  text: `
    delete from history as h using unnest($3::text[], $4::text[]) as s (kind, name)
    where h.kind = s.kind and h.name = s.name and h.step_s = $1::smallint and h.at < to_timestamp($2::float8)`,
};

/** A piece may be written some time after it ended, by a master that could not reach the database; milliseconds. */
export const lateMs = 10 * 60_000;

/** How many subjects a statement is about. */
const atOnce = 50;

/**
 * Brings pieces that are full together into coarser ones, and forgets those that are too fine for their age. Returns
 * when that is of use again, in milliseconds since 1970.
 */
export async function rollUpHistory(db: Queryable, nowMs: number): Promise<number> {
  const subjects = await rows(db, allSubjects, subject);
  for (let first = 0; first < subjects.length; first += atOnce) {
    const some = subjects.slice(first, first + atOnce);
    await rollUpSome(db, [some.map(({ kind }) => kind), some.map(({ name }) => name)], nowMs);
  }
  return floor(nowMs - lateMs, grains[1].pieceMs) + grains[1].pieceMs + lateMs;
}

async function rollUpSome(db: Queryable, names: readonly [string[], string[]], nowMs: number): Promise<void> {
  const [fine, middle, coarse] = grains;
  const drop = ({ stepMs }: Grain, beforeMs: number) =>
    db.query({ ...forget, values: [stepMs / 1000, beforeMs / 1000, ...names] });
  for (const [from, into] of [
    [fine, middle],
    [middle, coarse],
  ] as const) {
    const untilMs = floor(nowMs - lateMs, into.pieceMs);
    const inSeconds = [from.stepMs, into.stepMs, untilMs, into.pieceMs].map((ms) => ms / 1000);
    await db.query({ ...rollUp, values: [...inSeconds, ...names] });
    await drop(from, Math.min(untilMs, floor(nowMs - from.keptMs, into.pieceMs)));
  }
  await drop(coarse, nowMs - coarse.keptMs - coarse.pieceMs);
}

const floor = (ms: number, unitMs: number): number => Math.floor(ms / unitMs) * unitMs;
