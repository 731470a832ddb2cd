import { age, asMoment } from '@piw/operator/moment';
import { outcome, reasonKind } from '@piw/wheel/outcome';
import type { Answer } from '@piw/wire/control-protocol';
import type { BuildPicture } from '@piw/wire/status-protocol';
import { parseWish } from '../farm/wishes.ts';
import { withLimit } from './how-many.ts';
import { look } from './look.ts';
import { type Cell, line, type Page, type Part, styled, table } from './page.ts';
import { outcomeCell } from './states.ts';

export const buildsCommand = look({
  command: 'builds',
  describe: 'Show attempts that began or ended, latest first',
  builder: (yargs) =>
    withLimit(yargs, 'attempts')
      .option('package', { type: 'string', describe: 'At this PACKAGE or PACKAGE==VERSION' })
      .option('outcome', { choices: outcome.options, describe: 'With this outcome' })
      .option('reason', { choices: reasonKind.options, describe: 'With this reason' })
      .option('slave', { type: 'string', describe: 'By this slave' })
      .option('since', { type: 'string', describe: 'Since then: 3h, 2d, 2024-05-01, 2024-05-01T12:00' })
      .option('before', { type: 'number', describe: 'Before this attempt: for the next page' }),
  question: 'BUILDS',
  ask: ({ limit, before, package: text, since, ...like }, nowMs) => ({
    limit,
    before: before ?? null,
    ...(text === undefined ? { package: null, version: null } : parseWish(text)),
    outcome: like.outcome ?? null,
    reason: like.reason ?? null,
    slave: like.slave ?? null,
    sinceMs: since === undefined ? null : asMoment(since, nowMs),
  }),
  page: (answer, nowMs) => buildsPage(answer, nowMs),
});

export const buildsPage = ({ builds, next }: Answer<'BUILDS'>, nowMs: number): Page => [
  builds.length === 0
    ? line(next === null ? 'There is no such build.' : `There is no such build from attempt ${next} on.`)
    : buildsTable(builds, nowMs),
  ...(next === null ? [] : [line(`Earlier ones: --before ${next}`)]),
];

/** An attempt a line: what, where, how it ended, and why. */
export const buildsTable = (builds: readonly BuildPicture[], nowMs: number): Part =>
  table(
    ['ATTEMPT', 'ENDED', 'TOOK', 'OUTCOME', 'PACKAGE', 'VERSION', 'TARGET', 'SLAVE', 'WHY'],
    builds.map(({ attempt, startedMs, endedMs, outcome, package: name, version, target, slave, reason }): Cell[] => [
      styled('dim', String(attempt)),
      endedMs === null ? '' : `${age(endedMs, nowMs)} ago`,
      age(startedMs, endedMs ?? nowMs),
      outcomeCell(outcome),
      name,
      version,
      target,
      slave,
      reason?.text ?? '',
    ]),
  );
