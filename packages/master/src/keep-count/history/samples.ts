import type { Gauge, HistorySubject } from '@piw/db/history-series';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture, TargetPicture } from '@piw/wire/status-protocol';
import type { Vitals } from '@piw/wire/vocabulary';

/** A subject as it is at a moment; what it has no figure of is missing. */
export interface Sample extends HistorySubject {
  readonly gauges: Readonly<Partial<Record<Gauge, number | null>>> & { readonly building: number };
}

/** A slave's figures are its own for this long after it was heard; then they are unknown, in milliseconds. */
const freshMs = 30_000;

/** The farm, its targets, and the slaves that are there, as the board shows them now. */
export function samplesOf(board: Board, nowMs: number): Sample[] {
  const { targets, vitals } = board.farm;
  const present = [...board.slaves.values()].filter((slave) => isFresh(slave, nowMs));
  const built = targets.filter(({ retired, building }) => !retired || building > 0);
  return [
    { kind: 'farm', name: '', gauges: { ...queueOf(targets), slaves: present.length, ...machineOf(vitals) } },
    ...built.map((target): Sample => ({ kind: 'target', name: target.target, gauges: queueOf([target]) })),
    ...present.map(sampleOf),
  ];
}

const sampleOf = ({ label, task, vitals }: SlavePicture): Sample => ({
  kind: 'slave',
  name: label,
  gauges: { building: task ? 1 : 0, ...machineOf(vitals) },
});

function isFresh({ state, heardMs }: SlavePicture, nowMs: number): boolean {
  return state !== 'lost' && state !== 'gone' && state !== 'refused' && nowMs - heardMs < freshMs;
}

function queueOf(targets: readonly TargetPicture[]) {
  const sum = (of: 'building' | 'waiting' | 'delayed') => targets.reduce((total, target) => total + target[of], 0);
  return { building: sum('building'), waiting: sum('waiting'), delayed: sum('delayed') };
}

function machineOf(vitals: Vitals | null): Sample['gauges'] | object {
  if (vitals === null) return {};
  const { load, temperatureC, memoryFreeBytes, memorySizeBytes, diskFreeBytes, diskSizeBytes } = vitals;
  return {
    load,
    temperatureC,
    memoryUsed: usedShare(memoryFreeBytes, memorySizeBytes),
    diskUsed: usedShare(diskFreeBytes, diskSizeBytes),
    swapUsed: usedShare(vitals.swapFreeBytes, vitals.swapSizeBytes),
  };
}

/** What a machine has none of has no share in use. */
const usedShare = (free: number, size: number): number | null =>
  size > 0 ? Math.min(1, Math.max(0, 1 - free / size)) : null;
