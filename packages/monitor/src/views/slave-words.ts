import { isLong } from '@piw/operator/long-build';
import { age, ahead } from '@piw/operator/moment';
import { silentFor } from '@piw/operator/silence';
import type { Board } from '@piw/wire/status-board';
import type { SlavePicture, SlaveState } from '@piw/wire/status-protocol';
import { type Span, span, type Tone } from '../text/span.ts';

const glyphs: Readonly<Record<SlaveState, readonly [string, Tone | undefined]>> = {
  idle: ['○', 'dim'],
  building: ['●', 'good'],
  sending: ['◐', 'sending'],
  cleaning: ['◇', 'cleaning'],
  paused: ['∥', 'odd'],
  draining: ['▼', 'odd'],
  quarantined: ['▲', 'bad'],
  refused: ['✕', 'bad'],
  lost: ['✕', 'bad'],
  gone: ['·', 'dim'],
};

/** A slave's state as a glyph of its own, in a colour. */
export function stateGlyph(slave: SlavePicture, nowMs: number): Span {
  const [text, tone] = glyphs[slave.state];
  return span(text, slave.state === 'building' && isLong(slave, nowMs) ? 'odd' : tone);
}

/** How urgently a state wants to be seen: broken before busy before idle. */
export const stateRank = (state: SlaveState): number => ranks.indexOf(state);
const ranks: readonly SlaveState[] = [
  ...(['lost', 'refused', 'quarantined', 'building', 'sending', 'cleaning'] as const),
  ...(['draining', 'paused', 'idle', 'gone'] as const),
];

/** How many are in each state, each with its glyph; those that want to be seen first. */
export function stateCounts(states: readonly SlaveState[]): readonly Span[] {
  return ranks.flatMap((state) => {
    const count = states.filter((one) => one === state).length;
    const [glyph, tone] = glyphs[state];
    return count === 0 ? [] : [span(`${glyph}${count} ${state}  `, tone)];
  });
}

/** What a slave does, in words; what it waits for, where it does nothing. */
export function doing(slave: SlavePicture, board: Board, nowMs: number): Span {
  const silentForMs = silentFor(slave, board);
  return silentForMs === null
    ? atWork(slave, nowMs)
    : span(`silent for ${age(0, silentForMs)}: ${atWork(slave, nowMs).text}`, 'odd');
}

function atWork(slave: SlavePicture, nowMs: number): Span {
  const { state, task, paused, quarantine, why, heardMs } = slave;
  if (task !== null) {
    return span(`${(task.step ?? state).padEnd(8)} ${task.package} ${task.version}${afterwards(slave)}`);
  }
  switch (state) {
    case 'quarantined':
      return span(
        `quarantined, next try in ${quarantine ? ahead(quarantine.untilMs, nowMs) : '?'}${because(why)}`,
        'bad',
      );
    case 'paused':
      return span(paused ? `paused by ${paused.by}: ${paused.why}` : 'paused', 'odd');
    case 'lost':
      return span(`lost: last heard ${age(heardMs, nowMs)} ago`, 'bad');
    case 'refused':
      return span(`refused${because(why)}`, 'bad');
    case 'gone':
      return span('gone', 'dim');
    default:
      return span(`${state}${because(why)}`, 'dim');
  }
}

function afterwards({ state, paused, recalled }: SlavePicture): string {
  if (recalled) return ', then restarts';
  if (state === 'draining') return ', then leaves';
  return paused === null ? '' : ', then paused';
}

const because = (why: string | null): string => (why === null ? '' : `: ${why}`);
