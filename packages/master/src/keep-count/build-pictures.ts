import type { BuildRow } from '@piw/db/build-row';
import { readBuild, runningBuilds } from '@piw/db/builds';
import { listBuilds } from '@piw/db/find-builds';
import type { Queryable } from '@piw/db/queryable';
import { targetName } from '@piw/wheel/target';
import type { Board } from '@piw/wire/status-board';
import { type BuildPicture, buildsKept } from '@piw/wire/status-protocol';

/** An attempt as the database has it, the way that clients see it. */
export const buildPicture = ({ attempt, target, files, slave, ...row }: BuildRow): BuildPicture => ({
  attempt,
  package: row.package,
  version: row.version,
  target: targetName(target),
  slave,
  startedMs: row.startedMs,
  endedMs: row.endedMs,
  outcome: row.outcome,
  reason: row.reason,
  files,
});

const latest = {
  limit: buildsKept,
  before: null,
  package: null,
  version: null,
  target: null,
  slave: null,
  outcome: null,
  reason: null,
  sinceMs: null,
};

/** What runs, and what was begun last. */
export async function latestBuilds(db: Queryable): Promise<BuildPicture[]> {
  const [running, begun] = await Promise.all([runningBuilds(db), listBuilds(db, latest)]);
  const byAttempt = new Map([...begun, ...running].map((row) => [row.attempt, buildPicture(row)]));
  return [...byAttempt.values()];
}

/** Builds that ended and of which nobody told: those of slaves that this master never met. */
export async function endedUntold(db: Queryable, board: Board): Promise<BuildPicture[]> {
  const running = new Set((await runningBuilds(db)).map(({ attempt }) => attempt));
  const doubtful = board.builds.filter(({ attempt, endedMs }) => endedMs === null && !running.has(attempt));
  const rows = await Promise.all(doubtful.map(({ attempt }) => readBuild(db, attempt)));
  return rows.filter((row) => row !== undefined && row.endedMs !== null).map((row) => buildPicture(row!));
}
