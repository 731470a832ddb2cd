import type { Picture } from '../pixels/picture.ts';
import type { StickKey } from '../pixels/rotate.ts';

/** What shows pictures and is pushed about: a Sense HAT, or what stands for one. */
export interface Hat {
  /** Shows a picture, and what stands in words beside it where there is room for words. */
  readonly show: (picture: Picture, caption: string) => void;
  /** Lets go of it: dark, and as it was found. */
  readonly close: () => Promise<void>;
}

/** What a hat tells whoever opened it. */
export interface HatEvents {
  /** The joystick moved. */
  readonly onKey: (key: StickKey) => void;
  /** Somebody wants to leave, by other means than the pages. */
  readonly onLeave: () => void;
  /** The hat is of no use any more. */
  readonly onLost: (error: Error) => void;
}
