import type { Context } from '@piw/host/command';
import type { FollowSensors } from '../devices/sensors.ts';
import type { Turn } from '../pixels/rotate.ts';
import type { SenseLoop } from './sense-loop.ts';

/** What there is to know of the HAT's sensors, and how the picture is to be turned. */
export interface SensorOptions {
  /** Null where there are none; `noSensors` tells why. */
  readonly sensors: FollowSensors | null;
  readonly noSensors: string;
  readonly turn: Turn | 'auto';
  /** Where a line is said; null where the screen is the hat. */
  readonly log: Pick<Context['log'], 'warn' | 'info'> | null;
}

/** Sensors that are asked in the middle of a measurement have no answer: so many times what they said before stands. */
const mostMissed = 3;

/** Reads the HAT's sensors; what they say of gravity turns the picture where that was asked for. Where that can't be, it is said. */
export async function keepSensors(
  { sensors, noSensors, turn, log }: SensorOptions,
  loop: Pick<SenseLoop, 'dispatch' | 'turn'>,
  signal: AbortSignal,
): Promise<void> {
  if (turn !== 'auto') loop.turn(turn);
  let missed = mostMissed;
  const ended = sensors?.(({ climate, turn: down }) => {
    missed = climate ? 0 : missed + 1;
    if (climate) loop.dispatch({ type: 'CLIMATE', climate });
    else if (missed > mostMissed) loop.dispatch({ type: 'CLIMATE', climate: 'the sensors say nothing now' });
    if (turn === 'auto' && down !== null) loop.turn(down);
  }, signal);
  const why = ended ? `no sensors: ${await ended.catch((error: unknown) => (error as Error).message)}` : noSensors;
  if (signal.aborted) return;
  loop.dispatch({ type: 'CLIMATE', climate: why });
  if (turn !== 'auto') return;
  log?.warn(`-r auto: the picture is not turned by gravity: ${why}. Give -r 0, 90, 180 or 270.`);
  loop.dispatch({ type: 'TOLD', text: `-r auto: ${why}`, good: false, nowMs: Date.now() });
}
