import type { Hat } from '../devices/hat.ts';
import { drawSense } from '../pages/page.ts';
import { isSamePicture, type Picture } from '../pixels/picture.ts';
import { rotateKey, rotatePicture, type StickKey, type Turn } from '../pixels/rotate.ts';
import { captionOf } from '../state/caption.ts';
import type { Effect } from '../state/choice.ts';
import { keysTold } from '../state/keys-told.ts';
import type { Sense, SenseEvent } from '../state/sense.ts';
import { step } from '../state/step.ts';
import { dimmed, type Night } from './night.ts';

/** Pictures a second; half as many where nothing but the farm's own lights moves. */
export const framesPerSecond = 20;

/** So long after a push more may move than those. */
const calmMs = 1000;

export interface LoopOptions {
  readonly night: Night | null;
  readonly now: () => number;
  readonly perform: (effect: Effect) => void;
}

/** The state of a run, drawn again and again onto a hat as long as the signal lasts. */
export class SenseLoop {
  #sense: Sense;
  #turn: Turn = 0;
  #shown: Picture | null = null;
  readonly #options: LoopOptions;
  #onPush: () => void = () => undefined;

  constructor(sense: Sense, options: LoopOptions) {
    this.#sense = sense;
    this.#options = options;
  }

  readonly get = (): Sense => this.#sense;

  readonly dispatch = (event: SenseEvent): void => {
    const [sense, effects] = step(this.#sense, event);
    this.#sense = sense;
    for (const effect of effects) this.#options.perform(effect);
  };

  /** Resolves at the next push of the joystick, or after so long; rejects at the signal. */
  async pushed(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = withResolvers();
    this.#onPush = resolve;
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', resolve, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', resolve);
    signal.throwIfAborted();
  }

  /** The joystick of a HAT that is turned is turned with it. */
  readonly press = (key: StickKey): void => {
    this.dispatch({ type: 'KEY', key: rotateKey(key, this.#turn), nowMs: this.#options.now() });
    this.#onPush();
  };

  turn(to: Turn): void {
    this.#turn = to;
  }

  /** The next picture, as it is lit; null where it is the one before. */
  frame(): Picture | null {
    const nowMs = this.#options.now();
    this.dispatch({ type: 'TICK', nowMs });
    const seen = rotatePicture(dimmed(drawSense(this.#sense), this.#options.night, nowMs), this.#turn);
    if (this.#shown && isSamePicture(this.#shown, seen)) return null;
    return (this.#shown = seen);
  }

  #isCalm(): boolean {
    const { page, movedMs } = this.#sense;
    return page.at === 'main' && this.#options.now() - Math.max(movedMs, page.sinceMs) > calmMs;
  }

  /** Shows pictures until the signal; rejects where one can't be shown. */
  async show(hat: Hat, signal: AbortSignal): Promise<void> {
    let nth = 0;
    const draw = (): void => {
      nth += 1;
      if (this.#isCalm() && nth % 2 === 0) return;
      const picture = this.frame();
      if (picture) hat.show(picture, { caption: captionOf(this.#sense), keys: keysTold(this.#sense) });
    };
    let drawing: NodeJS.Timeout | undefined;
    try {
      draw();
      await new Promise<void>((resolve, reject) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve(), { once: true });
        drawing = setInterval(() => {
          try {
            draw();
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)));
          }
        }, 1000 / framesPerSecond);
      });
    } finally {
      clearInterval(drawing);
    }
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let settle: () => void = () => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle() };
}
