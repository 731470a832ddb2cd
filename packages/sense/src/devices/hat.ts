import type { Picture } from '../pixels/picture.ts';
import type { StickKey } from '../pixels/rotate.ts';

/** What stands beside a picture: what is seen, and what the keys do. */
export interface Words {
  readonly caption: string;
  readonly keys: string;
}

/** What shows pictures and is pushed about: a Sense HAT, or what stands for one. */
export interface Hat {
  /** Shows a picture, and the words where there is room for them. */
  readonly show: (picture: Picture, words: Words) => void;
  /** Lets go of it: dark, and as it was found. Resolves to whether words can still be said: a terminal that takes nothing takes no last ones. */
  readonly close: () => Promise<boolean>;
}

/** What a hat tells whoever opened it. */
export interface HatEvents {
  /** The joystick moved. */
  readonly onKey: (key: StickKey) => void;
  /** Somebody wants to leave, by other means than the pages. */
  readonly onLeave: () => void;
  /** There is something that its user should know. */
  readonly onTold: (text: string) => void;
  /** The hat is of no use any more. */
  readonly onLost: (error: Error) => void;
}
