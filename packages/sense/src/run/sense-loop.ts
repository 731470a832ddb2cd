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

/** Pictures a second. */
export const framesPerSecond = 20;

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

  /** The joystick of a HAT that is turned is turned with it. */
  readonly press = (key: StickKey): void =>
    this.dispatch({ type: 'KEY', key: rotateKey(key, this.#turn), nowMs: this.#options.now() });

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

  /** Shows pictures until the signal; rejects where one can't be shown. */
  async show(hat: Hat, signal: AbortSignal): Promise<void> {
    const draw = (): void => {
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
