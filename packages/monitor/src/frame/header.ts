import { countEnds } from '@piw/operator/count-ends';
import { age, ahead } from '@piw/operator/moment';
import { countSlavesByState } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import { wordsOfFollowed } from '../state/follow.ts';
import type { Monitor } from '../state/monitor.ts';
import { restraint } from '../state/restraint.ts';
import { cutLine, spread } from '../text/fit.ts';
import { type Line, line, type Span, span, textOf } from '../text/span.ts';
import { widthOf } from '../text/width.ts';
import { diskSpan, heatSpan, loadSpan, memorySpan } from '../views/machine-words.ts';
import { refusalOf } from './notices.ts';

/** After so long without a word the master is silent: the stream says something every few seconds, in milliseconds. */
const quietMs = 15_000;

/** Where it is narrower, whether the master is heard comes before what the farm is called. */
const narrow = 60;

/** Where it is as wide, it is told why no orders are given from here; else only that, as a key for one says why. */
const wide = 100;

/** The farm in two lines: who it is and whether it is heard, then its queue and what it does. */
export function drawHeader(monitor: Monitor): readonly Line[] {
  const { board } = monitor.feed;
  const { columns } = monitor.size;
  if (board === null)
    return [spread(line(' ', span('piw-monitor', 'strong')), clock(monitor), columns), waiting(monitor)];
  return [
    spread(partsWithin(about(board, monitor), columns - 14), clock(monitor), columns),
    partsWithin(queue(board, monitor.nowMs), columns),
  ];
}

const clock = ({ nowMs }: Monitor): Line => line(span(`${new Date(nowMs).toISOString().slice(11, 19)} UTC `, 'dim'));

const waiting = ({ link }: Monitor): Line =>
  line(
    ' ',
    span(link.trouble ?? `Looking for the master at ${link.address} …`, link.trouble ? 'odd' : 'dim'),
    tries(link.tries),
  );

const tries = (count: number): Span => span(count > 0 ? `  (try ${count})` : '', 'dim');

/** Whether there is a current picture. */
export const isCurrent = ({ feed, nowMs }: Monitor): boolean =>
  feed.trouble === null && feed.heardMs !== null && nowMs - feed.heardMs < quietMs;

function about(board: Board, monitor: Monitor): Span[][] {
  const restrained = restraint(monitor);
  const isWide = monitor.size.columns >= wide;
  const { followed } = monitor;
  const { name, host, software, startedMs, vitals, paused, fault } = board.farm;
  return [
    ...(restrained === null ? [] : [[span(isWide ? `read only: ${restrained}` : 'read only', 'odd')]]),
    ...(monitor.size.columns < narrow ? [] : [[span(name, 'strong')]]),
    connection(monitor),
    ...(paused ? [[span(`∥ paused by ${paused.by}: ${paused.why}`, 'odd')]] : []),
    ...(fault ? [[span(`▲ ${fault.text}`, 'bad')]] : []),
    followed === null ? [] : [span(`following ${wordsOfFollowed(followed.whom)}`, 'strong')],
    slaveCounts(board),
    ...(vitals === null ? [] : machine(vitals)),
    [span(host)],
    [span(`up ${age(startedMs, monitor.nowMs)}`)],
    [span(software)],
  ];
}

const machine = (vitals: NonNullable<Board['farm']['vitals']>): Span[][] => [
  [span('disk '), diskSpan(vitals)],
  [span('mem '), memorySpan(vitals)],
  [span('load '), loadSpan(vitals)],
  vitals.temperatureC === null ? [] : [heatSpan(vitals), span('°C')],
];

function connection(monitor: Monitor): Span[] {
  const { feed, nowMs, link } = monitor;
  const since = feed.heardMs === null ? '' : age(feed.heardMs, nowMs);
  if (isCurrent(monitor)) return [span('● ', 'good'), span(`heard ${since} ago`)];
  const why = refusalOf(monitor) === null ? '' : 'not let in, ';
  return [span(`✕ ${why}not heard for ${since}`, 'bad'), tries(link.tries)];
}

function slaveCounts(board: Board): Span[] {
  const counts = countSlavesByState(board);
  const here = board.slaves.size - counts.gone;
  const broken = counts.lost + counts.quarantined + counts.refused;
  return [
    span(here === 1 ? '1 slave' : `${here} slaves`),
    ...(counts.building > 0 ? [span(` ●${counts.building}`, 'good')] : []),
    ...(counts.sending > 0 ? [span(` ◐${counts.sending}`, 'sending')] : []),
    ...(counts.cleaning > 0 ? [span(` ◇${counts.cleaning}`, 'cleaning')] : []),
    ...(counts.paused + counts.draining > 0 ? [span(` ∥${counts.paused + counts.draining}`, 'odd')] : []),
    ...(counts.idle > 0 ? [span(` ○${counts.idle}`, 'dim')] : []),
    ...(broken > 0 ? [span(` ✕${broken}`, 'bad')] : []),
  ];
}

/** Each target: what waits for it, its rate, when nothing will wait any more. */
function queue(board: Board, nowMs: number): Span[][] {
  const { today, targets } = board.statistics;
  const { good, failed } = countEnds(today);
  const ends = good + failed;
  const share = ends === 0 ? '' : `  ✓ ${Math.round((good / ends) * 100)}%`;
  return [
    [span(`today ${ends.toLocaleString('en')}${share}`)],
    failed === 0 ? [] : [span(`✗ ${failed.toLocaleString('en')}`, 'bad'), span(' · 4 tells why', 'dim')],
    ...targets
      .toSorted((a, b) => b.waiting - a.waiting)
      .map(({ target, waiting: count, perHour, emptyMs }) => [
        span(`${target} `, 'dim'),
        span(count === 0 ? 'none' : count.toLocaleString('en'), count === 0 ? 'dim' : 'strong'),
        span(
          count === 0
            ? ''
            : ` ${Math.round(perHour)}/h${emptyMs === null ? '' : ` ${ahead(nowMs + emptyMs, nowMs)} left`}`,
        ),
      ]),
  ];
}

/** The parts that there is room for whole, the important first; the first is cut where even that is too long. */
function partsWithin(parts: readonly (readonly Span[])[], width: number): Line {
  const shown: Span[] = [{ text: ' ' }];
  let room = width - 1;
  for (const part of parts) {
    if (part.length === 0) continue;
    const its = widthOf(textOf({ spans: part })) + 2;
    if (its > room && shown.length > 1) continue;
    shown.push(...part, { text: '  ' });
    room -= its;
  }
  return cutLine({ spans: shown }, width);
}
