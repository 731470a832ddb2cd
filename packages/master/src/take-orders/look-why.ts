import { findCells } from '@piw/db/cells';
import { type JobStandings, jobStandings } from '@piw/db/job-standings';
import type { MatrixTarget } from '@piw/db/matrix-cells';
import { newestVersion } from '@piw/db/newest-version';
import { type PackageMatrix, packageMatrix } from '@piw/db/package-matrix';
import { listSlaves } from '@piw/db/slaves';
import { atOneMoment } from '@piw/db/transaction';
import { waitingNeeds } from '@piw/db/waiting-needs';
import { workForSlave } from '@piw/db/work-for-slave';
import { Refusal } from '@piw/host/operator-error';
import { compareTargets, targetName } from '@piw/wheel/target';
import type { Ask, Reply } from '@piw/wire/control-protocol';
import { chooseSlaves } from './choose-slaves.ts';
import { cellsOf } from './find-target.ts';
import type { Answering, Office } from './office.ts';
import { type Circumstances, lasting, reason } from './why/reason.ts';
import { whyCell } from './why/why-cell.ts';
import { whySlave } from './why/why-slave.ts';

type Answered = Reply<'WHY'>['reasons'][number];
type WhichCells = Exclude<Ask<'WHY'>, { slave: string }>;

/** Why nothing happens, a line each. */
export const whyLooks: Answering<'WHY'> = (office) => ({
  WHY: async (ask) => ({
    reasons: 'slave' in ask ? [await aboutSlave(office, ask.slave)] : await aboutCells(office, ask),
  }),
});

const circumstances = ({ accountant, driver, premises: { disk, now } }: Office): Circumstances => ({
  ...{ nowMs: now(), disk: disk.pause, slaves: driver.pictures() },
  farm: accountant.snapshot().farm,
});

async function aboutSlave(office: Office, label: string): Promise<Answered> {
  const { pool } = office.premises;
  const at = circumstances(office);
  const slave = at.slaves.find((one) => one.label === label);
  if (!slave) {
    const { slaves } = chooseSlaves([label], await listSlaves(pool));
    const since = lasting(slaves[0]!.lastSeenMs, at.nowMs);
    return { subject: label, attempt: null, ...reason('away', `${label} was last seen ${since} ago`) };
  }
  const [needs, work] = await Promise.all([waitingNeeds(pool, 'all'), workForSlave(pool, slave.slave, slave.targets)]);
  return { subject: label, attempt: slave.task?.attempt ?? null, ...whySlave(slave, { needs, ...work }, at) };
}

async function aboutCells(office: Office, { package: name, version: wanted, target }: WhichCells): Promise<Answered[]> {
  const { pool } = office.premises;
  const found = await findCells(pool, await cellsOf(pool, { package: name, version: wanted, target }));
  const version = wanted ?? (await newestVersion(pool, name));
  if (version === undefined) throw new Refusal(`${name} has no version here.`, `Ask for one: piw-add ${name}`);
  const [matrix, standings] = await atOneMoment(
    pool,
    async (db) =>
      [await packageMatrix(db, name, version), await jobStandings(db, name, version, found.targetId)] as const,
  );
  const subject = (at: string) => `${name} ${version} ${at}`;
  const lines = matrix && standings ? answers(matrix, standings, found.targetId, circumstances(office)) : [];
  if (target !== null && lines.length === 0)
    return [
      {
        subject: subject(target),
        attempt: null,
        ...reason('retired', `${target} is retired; to build for it again: piw-control targets add ${target}`),
      },
    ];
  return lines.map(({ target: at, ...line }) => ({ subject: subject(at), ...line }));
}

function answers(matrix: PackageMatrix, version: JobStandings, targetId: number | null, at: Circumstances) {
  const cells = matrix.versions[0]?.cells ?? [];
  return matrix.targets
    .toSorted(compareTargets)
    .filter((one) => targetId === null || one.targetId === targetId)
    .flatMap((one) => {
      const cell = cells.find((other) => other.targetId === one.targetId);
      if (!cell) return [];
      const standing = { target: targetName(one), cell, version, first: firstOf(matrix, one) };
      return [{ target: targetName(one), attempt: cell.attempt, ...whyCell(standing, at) }];
    });
}

/** The lowest other target of the same platform that is being built, or waits for it. */
function firstOf({ targets, versions }: PackageMatrix, { targetId, platform }: MatrixTarget): string | null {
  const due = targets
    .filter((one) => one.platform === platform && one.targetId !== targetId)
    .filter((one) => isDue(versions[0]?.cells.find((cell) => cell.targetId === one.targetId)?.state))
    .toSorted(compareTargets);
  return due[0] ? targetName(due[0]) : null;
}

const isDue = (state: string | undefined): boolean =>
  state === 'waiting' || state === 'delayed' || state === 'building';
