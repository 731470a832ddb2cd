import type { StickKey } from '../pixels/rotate.ts';

/** Bytes of a `struct input_event` before its type: two longs, of 32 or 64 bits (linux/input.h). */
export const timeBytes = { 32: 8, 64: 16 } as const;
export type WordBits = keyof typeof timeBytes;

/** The layout of the programs of this machine: a 32-bit Node reads the short one from a 64-bit kernel, too. */
export const ownWordBits = (arch: string = process.arch): WordBits => (arch === 'arm' || arch === 'ia32' ? 32 : 64);

/** EV_KEY, and the joystick's keys (linux/input-event-codes.h). */
const keyEvent = 1;
const codes: ReadonlyMap<number, StickKey> = new Map([
  [103, 'up'],
  [105, 'left'],
  [106, 'right'],
  [108, 'down'],
  [28, 'in'],
]);

/** What a key does: pressed, and again and again as it is held. A held "in" is heard once. */
const isHeard = (key: StickKey, value: number): boolean => value === 1 || (value === 2 && key !== 'in');

/** Reads what the joystick does out of an input device's bytes, in whichever pieces they come. */
export class InputEvents {
  readonly #timeBytes: number;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bits: WordBits) {
    this.#timeBytes = timeBytes[bits];
  }

  /** The keys of the events that are whole with these bytes. */
  take(bytes: Buffer): StickKey[] {
    const all = Buffer.concat([this.#rest, bytes]);
    const size = this.#timeBytes + 8;
    const whole = all.length - (all.length % size);
    this.#rest = all.subarray(whole);
    return Array.from({ length: whole / size }, (_, i) => this.#keyOf(all, i * size)).filter((key) => key !== null);
  }

  /** What came in a piece and was never made whole is no part of what comes next: a kernel hands out whole events. */
  forgetPart(): void {
    this.#rest = Buffer.alloc(0);
  }

  #keyOf(bytes: Buffer, at: number): StickKey | null {
    const from = at + this.#timeBytes;
    if (bytes.readUInt16LE(from) !== keyEvent) return null;
    const key = codes.get(bytes.readUInt16LE(from + 2));
    return key !== undefined && isHeard(key, bytes.readInt32LE(from + 4)) ? key : null;
  }
}
