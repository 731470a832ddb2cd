import { formatSize } from '@piw/host/size';
import { countEnds } from '@piw/operator/count-ends';
import { farmNow } from '@piw/operator/farm-clock';
import { age } from '@piw/operator/moment';
import { silentMs } from '@piw/operator/silence';
import type { HistorySeries } from '@piw/wire/control/history-look';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { type Colour, colours, heat } from '../pixels/colour.ts';
import { slaveAt } from './nodes.ts';
import type { Sense } from './sense.ts';

/** One of the eight bars: how a node stands in something. */
export interface Figure {
  readonly name: string;
  /** What the bar means, for who asks. */
  readonly meaning: string;
  /** How high the bar is, from 0 to 1; null where nobody knows. */
  readonly share: number | null;
  readonly colour: Colour;
  readonly text: string;
  /** What the master keeps of its past: the series, and how high its bar would be at a figure of it. */
  readonly past: { readonly series: HistorySeries; readonly shareOf: (figure: number) => number } | null;
}

type Vitals = NonNullable<SlavePicture['vitals']>;
type Limits = readonly [number, number, number];

const hourMs = 3_600_000;
/** The bar of a build that takes so long is full. */
const longestMs = 3 * hourMs;

/** The eight figures of the selected node, in the order of the bars. */
export function figuresOf(sense: Sense): readonly Figure[] {
  const { board, heardMs } = sense.feed;
  const slave = slaveAt(board, sense.selected);
  const vitals = (sense.selected === 'master' ? board?.farm.vitals : slave?.vitals) ?? null;
  const seenMs = sense.selected === 'master' ? heardMs : (slave?.heardMs ?? null);
  return [
    seen(seenMs, sense.selected === 'master' ? sense.nowMs : farmNow(sense)),
    sense.selected === 'master' ? queue(board) : taskTime(slave, farmNow(sense)),
    used('disk', vitals?.diskFreeBytes, vitals?.diskSizeBytes, [0.7, 0.8, 0.9], 'diskUsed'),
    used('swap', vitals?.swapFreeBytes, vitals?.swapSizeBytes, [0.1, 0.25, 0.5], 'swapUsed'),
    used('memory', vitals?.memoryFreeBytes, vitals?.memorySizeBytes, [0.7, 0.85, 0.95], 'memoryUsed'),
    warmth(vitals),
    load(vitals, slave),
    sense.selected === 'master' ? done(board) : skew(slave),
  ];
}

const unknown = { share: null, colour: colours.black, text: 'not known', past: null } as const;

function seen(seenMs: number | null, nowMs: number): Figure {
  const about = { name: 'last seen', meaning: 'since it was last heard, full after 30 seconds' };
  if (seenMs === null) return { ...about, share: 1, colour: colours.red, text: 'never', past: null };
  const share = Math.min(1, Math.max(0, nowMs - seenMs) / silentMs);
  return { ...about, share, colour: heat(share, [0.2, 0.6, 1]), text: `${age(seenMs, nowMs)} ago`, past: null };
}

/** A hundred fill a third of the bar, ten thousand two of them. */
const manyShare = (count: number): number => Math.min(1, Math.log10(1 + Math.max(0, count)) / 6);

function queue(board: Board | null): Figure {
  const about = { name: 'queue', meaning: 'builds that wait, full at a million' };
  if (!board) return { ...about, ...unknown };
  const waiting = board.farm.targets.reduce((sum, target) => sum + target.waiting, 0);
  const past = { series: 'waiting', shareOf: manyShare } as const;
  return { ...about, share: manyShare(waiting), colour: colours.blue, text: `${waiting} waiting`, past };
}

function taskTime(slave: SlavePicture | null, nowMs: number): Figure {
  const about = { name: 'build', meaning: 'how long its build takes, full after 3 hours' };
  if (!slave) return { ...about, ...unknown };
  if (!slave.task) return { ...about, share: 0, colour: colours.grey, text: 'builds nothing', past: null };
  const share = Math.min(1, Math.max(0, nowMs - slave.task.sinceMs) / longestMs);
  return { ...about, share, colour: heat(share, [0, 0.08, 0.33]), text: age(slave.task.sinceMs, nowMs), past: null };
}

function used(
  name: string,
  free: number | undefined,
  size: number | undefined,
  limits: Limits,
  series: HistorySeries,
): Figure {
  const about = { name, meaning: `how much of its ${name} is in use` };
  if (free === undefined || size === undefined) return { ...about, ...unknown };
  if (size === 0) return { ...about, share: 0, colour: colours.grey, text: 'none', past: null };
  const share = 1 - free / size;
  const text = `${Math.round(share * 100)}% of ${formatSize(size)}`;
  return { ...about, share, colour: heat(share, limits), text, past: { series, shareOf: (figure) => figure } };
}

/** Empty at 40 degrees, full at 80. */
const warmthShare = (degrees: number): number => Math.min(1, Math.max(0, (degrees - 40) / 40));

function warmth(vitals: Vitals | null): Figure {
  const about = { name: 'heat', meaning: 'its temperature, from 40 to 80 degrees' };
  const degrees = vitals?.temperatureC ?? null;
  if (vitals === null || degrees === null) return { ...about, ...unknown };
  const share = warmthShare(degrees);
  const text = `${Math.round(degrees)}°C${vitals.throttled ? ', slows itself down' : ''}`;
  const past = { series: 'temperatureC', shareOf: warmthShare } as const;
  return { ...about, share, colour: heat(share, [0.6, 0.7, 0.8]), text, past };
}

/** Of a machine that does not tell how many it has, as the master's. */
const usualCpus = 4;

function load(vitals: Vitals | null, slave: SlavePicture | null): Figure {
  const known = Number(slave?.capabilities['cpus'] ?? 0) || null;
  const cpus = known ?? usualCpus;
  const full = known === null ? 2 * cpus : `two for each of ${cpus} processors`;
  const about = { name: 'load', meaning: `its load, full at ${full}` };
  if (vitals === null) return { ...about, ...unknown };
  const shareOf = (figure: number): number => Math.min(1, figure / (2 * cpus));
  const share = shareOf(vitals.load);
  const past = { series: 'load', shareOf } as const;
  return { ...about, share, colour: heat(share, [0.5, 0.75, 1]), text: vitals.load.toFixed(1), past };
}

/** A farm that builds a thousand an hour is a large one. */
const doneShare = (count: number): number => Math.min(1, Math.log10(1 + count) / 4);

function done(board: Board | null): Figure {
  const about = { name: 'built', meaning: 'builds of the last hour, redder the more of them failed' };
  if (!board) return { ...about, ...unknown };
  const { good, failed, again } = countEnds(board.statistics.lastHour);
  const all = good + failed + again;
  const colour = heat((failed + again) / Math.max(1, all), [0.2, 0.5, 0.8]);
  const past = { series: 'success', shareOf: doneShare } as const;
  return { ...about, share: doneShare(all), colour, text: `${good} good, ${failed + again} not`, past };
}

function skew(slave: SlavePicture | null): Figure {
  const about = { name: 'clock', meaning: 'how far its clock is from the master, full at a minute' };
  if (!slave) return { ...about, ...unknown };
  const share = Math.min(1, Math.abs(slave.skewMs) / 60_000);
  const text = `${Math.round(slave.skewMs / 100) / 10 || 0} seconds`;
  return { ...about, share, colour: heat(share, [0.05, 0.2, 0.5]), text, past: null };
}
