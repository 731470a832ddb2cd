import { boardOf } from '@piw/wire/status-board';
import type { Snapshot } from '@piw/wire/status-protocol';
import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import type { StickKey } from '../pixels/rotate.ts';
import type { Effect } from '../state/choice.ts';
import { type Sense, type SenseEvent, startSense } from '../state/sense.ts';
import { step } from '../state/step.ts';

/** What a slave builds, and for how long it has. */
export const taskFor = (forMs: number) => ({
  ...{ attempt: 7, package: 'numpy', version: '2.1.3', target: 'cp311-linux_aarch64', step: 'build' as const },
  sinceMs: nowMs - forMs,
});

/** A slave in every state that there is. */
export const everyState = (): Snapshot =>
  farmWith([
    slaveLike(1, 'a-idle'),
    slaveLike(2, 'b-building', { state: 'building', task: taskFor(60_000) }),
    slaveLike(3, 'c-long', { state: 'building', task: taskFor(20 * 60_000) }),
    slaveLike(4, 'd-sending', { state: 'sending', task: taskFor(60_000) }),
    slaveLike(5, 'e-cleaning', { state: 'cleaning' }),
    slaveLike(6, 'f-paused', { state: 'paused' }),
    slaveLike(7, 'g-draining', { state: 'draining', task: taskFor(60_000) }),
    slaveLike(8, 'h-quarantined', { state: 'quarantined' }),
    slaveLike(9, 'i-refused', { state: 'refused' }),
    slaveLike(10, 'j-lost', { state: 'lost' }),
    slaveLike(11, 'k-gone', { state: 'gone', stateSinceMs: nowMs - 1000 }),
  ]);

/** A control centre that is driven by a joystick, as an operator would, with a farm that it knows. */
export class TestSense {
  sense: Sense;
  nowMs = nowMs;
  /** All that was to be done. */
  readonly effects: Effect[] = [];

  constructor(farm: Snapshot | null, readonly: string | null = null) {
    this.sense = startSense(nowMs, readonly);
    if (farm) this.show(farm);
  }

  show(farm: Snapshot): this {
    const feed = { board: boardOf(farm), heardMs: this.nowMs, trouble: null };
    return this.happens({ type: 'FEED', nowMs: this.nowMs, feed });
  }

  happens(event: SenseEvent): this {
    const [sense, effects] = step(this.sense, event);
    this.sense = sense;
    this.effects.push(...effects);
    return this;
  }

  /** Pushes the joystick, and waits each time until what comes has come. */
  push(...keys: StickKey[]): this {
    for (const key of keys) this.happens({ type: 'KEY', key, nowMs: this.nowMs }).wait(1000);
    return this;
  }

  wait(forMs: number): this {
    this.nowMs += forMs;
    return this.happens({ type: 'TICK', nowMs: this.nowMs });
  }
}
