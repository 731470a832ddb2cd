import { grains, type HistoryPiece, type Series } from '@piw/db/history-series';

/** How a figure goes through a day, from 0 to 1. */
const wave = (atMs: number, hours: number): number => 0.5 + 0.5 * Math.sin((atMs / 3_600_000 / hours) * 2 * Math.PI);

/** Of a step that begins then, so long. */
const figuresAt = (atMs: number, stepMs: number): Readonly<Partial<Record<Series, number>>> => {
  const minutes = stepMs / 60_000;
  const busy = 0.4 + 0.6 * wave(atMs, 0.7);
  return {
    building: 1 + Math.round(2 * busy),
    waiting: Math.round(40 + 60 * wave(atMs, 1.3)),
    delayed: Math.round(3 * wave(atMs, 0.4)),
    slaves: 3,
    load: 0.4 + 2.4 * busy,
    temperatureC: 46 + 18 * busy,
    memoryUsed: 0.3 + 0.3 * busy,
    diskUsed: 0.71,
    receivedBytes: 9e6 * busy * minutes,
    success: Math.round(3 * busy * minutes + wave(atMs, 0.2)),
    failure: Math.round(0.6 * wave(atMs, 0.5) * minutes),
  };
};

/** What the farm kept of the hour before now: a farm that is minutes old has nothing to draw charts of. */
export function pastOf(nowMs: number): HistoryPiece[] {
  const { stepMs, pieceMs, keptMs } = grains[0];
  const last = Math.floor(nowMs / pieceMs) * pieceMs;
  const subjects = [
    { kind: 'farm', name: '' },
    ...['shelf-1', 'shelf-2', 'shelf-3'].map((name) => ({ kind: 'slave' as const, name })),
  ] as const;
  return Array.from({ length: keptMs / pieceMs - 2 }, (_, nth) => last - (nth + 2) * pieceMs).flatMap((atMs) => {
    const steps = Array.from({ length: pieceMs / stepMs }, (_, step) => figuresAt(atMs + step * stepMs, stepMs));
    const names = Object.keys(steps[0]!) as Series[];
    const figures = Object.fromEntries(names.map((name) => [name, steps.map((step) => step[name] ?? null)]));
    return subjects.map((subject) => ({ ...subject, stepMs, atMs, figures }));
  });
}
