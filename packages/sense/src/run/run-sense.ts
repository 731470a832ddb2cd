import { setTimeout as delay } from 'node:timers/promises';
import type { Context } from '@piw/host/command';
import { type AsTyped, asTypedIn } from '@piw/operator/as-typed';
import type { LinkArguments } from '@piw/operator/open-link';
import { restraintOf } from '@piw/operator/restraint';
import { wordsOf } from '@piw/operator/trouble';
import { type Watcher, watchMaster } from '@piw/operator/watch-master';
import type { ControlClient } from '@piw/wire/control-client';
import { followStatus } from '@piw/wire/status-feed';
import { recording } from '../devices/frames-file.ts';
import type { OpenHat } from '../devices/open-hat.ts';
import type { Effect } from '../state/choice.ts';
import { startSense } from '../state/sense.ts';
import { giveAll } from './give-all.ts';
import { keepCourses } from './keep-courses.ts';
import { keepSensors, type SensorOptions } from './keep-sensors.ts';
import type { Night } from './night.ts';
import type { PowerVerb } from './power.ts';
import { SenseLoop } from './sense-loop.ts';
import { type Told, toldOf } from './told-of.ts';

export interface SenseOptions extends LinkArguments, SensorOptions {
  readonly readonly: string | null;
  readonly night: Night | null;
  readonly frames: string | undefined;
  readonly openHat: OpenHat;
  /** Reboots the machine that wears the HAT, or powers it off; rejects with why not. */
  readonly power: (verb: PowerVerb) => Promise<void>;
}

/** How often it is asked what may be done from here, in milliseconds. */
const standingMs = 60_000;
/** How often the picture of the farm changes at most, in milliseconds. */
const feedMs = 250;

/** Runs the control centre on a hat until the operator leaves it or the signal says so. Throws what waiting for the master doesn't mend, and a hat that is lost. */
export async function runSense(options: SenseOptions, context: Context): Promise<void> {
  const leaving = new AbortController();
  const signal = AbortSignal.any([context.signal, leaving.signal]);
  let control: ControlClient | undefined;
  let watching: Promise<void> | undefined;
  let measuring: Promise<void> | undefined;
  const perform = (effect: Effect): void => {
    const done = carryOut(effect, {
      control,
      isHeard: () => loop.get().feed.trouble === null,
      signal,
      power: options.power,
      leave: () => leaving.abort(),
    });
    void done.then((told) => {
      if (!told) return;
      const text = asTyped.text(told.text);
      options.log?.info(text);
      loop.dispatch({ type: 'TOLD', nowMs: Date.now(), ...told, text });
    });
  };
  const asTyped = asTypedIn(context.typing);
  const loop = new SenseLoop(startSense(Date.now(), options.readonly), {
    ...{ night: options.night, now: Date.now, perform },
  });
  const record = options.frames === undefined ? null : recording(options.frames, Date.now);
  const hat = await options.openHat({
    onKey: loop.press,
    onLeave: () => leaving.abort(),
    onTold: (text) => loop.dispatch({ type: 'TOLD', nowMs: Date.now(), good: false, text }),
    onLost: (error) => leaving.abort(error),
  });
  const shown = record ? record(hat) : hat;
  let canBeTold = true;
  try {
    watching = watch({ ...options, asTyped }, loop, signal, (found) => (control = found));
    watching.catch((error: unknown) => leaving.abort(error));
    measuring = keepSensors(options, loop, signal).catch(() => undefined);
    await loop.show(shown, signal);
  } finally {
    leaving.abort();
    canBeTold = await shown.close();
    await Promise.all([watching?.catch(() => undefined), measuring]);
  }
  const { reason } = leaving.signal as { readonly reason: unknown };
  const trouble = reason instanceof Error && reason.name !== 'AbortError' ? reason : null;
  if (!canBeTold) process.exit(trouble ? 1 : 0);
  if (trouble) throw trouble;
}

/** Finds the master and follows it; where another takes over, that one. Rejects with what waiting doesn't mend. */
async function watch(
  options: SenseOptions & { readonly asTyped: AsTyped },
  loop: SenseLoop,
  signal: AbortSignal,
  onControl: (control: ControlClient) => void,
): Promise<void> {
  const watcher: Watcher = {
    onTrouble: (trouble) => {
      if (trouble !== loop.get().trouble) options.log?.info(trouble);
      loop.dispatch({ type: 'LINK', trouble });
    },
    onMaster: ({ control, statusAddress }, until) => {
      loop.dispatch({ type: 'LINK', trouble: null });
      options.log?.info(`watches the master at ${control.address}`);
      onControl(control);
      const onChange: Parameters<typeof followStatus>[0]['onChange'] = (feed) => {
        if (!until.aborted) loop.dispatch({ type: 'FEED', feed: options.asTyped.feed(feed), nowMs: Date.now() });
      };
      void followStatus({ statusAddress, control, onChange, batchMs: feedMs }, until).catch(() => undefined);
      void keepStanding(options, control, loop, until).catch(() => undefined);
      void keepCourses(loop, control, until).catch(() => undefined);
    },
    isHeard: () => loop.get().feed.trouble === null,
  };
  await watchMaster(options, watcher, signal);
}

/** A key that lets its holder look only makes the same of it as `--readonly`. */
async function keepStanding(
  { readonly }: SenseOptions,
  control: ControlClient,
  loop: SenseLoop,
  signal: AbortSignal,
): Promise<void> {
  while (readonly === null && !signal.aborted) {
    try {
      const standing = await control.ask('STANDING', {}, { signal });
      loop.dispatch({ type: 'STANDING', readonly: restraintOf(standing) });
      await delay(standingMs, undefined, { signal });
    } catch {
      await delay(1000, undefined, { signal });
    }
  }
}

interface Means {
  readonly control: ControlClient | undefined;
  readonly isHeard: () => boolean;
  readonly signal: AbortSignal;
  readonly power: SenseOptions['power'];
  readonly leave: () => void;
}

/** Does what was chosen; resolves to what there is to tell of it. */
async function carryOut(effect: Effect, { control, isHeard, signal, power, leave }: Means): Promise<Told | undefined> {
  try {
    switch (effect.do) {
      case 'quit':
        leave();
        return undefined;
      case 'power':
        await power(effect.verb);
        return undefined;
      case 'order':
        if (!control || !isHeard()) throw new Error('not ordered: the master is not heard');
        return toldOf(await giveAll(control, effect.given, signal), effect.told);
    }
  } catch (error) {
    return signal.aborted ? undefined : { good: false, text: wordsOf(error) };
  }
}
