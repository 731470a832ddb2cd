import { constants, readSync } from 'node:fs';
import type { HatEvents } from './hat.ts';
import { InputEvents, ownWordBits, type WordBits } from './input-events.ts';
import { lostDevice, openDevice } from './open-device.ts';

/** It is looked at so often, in milliseconds, as pictures are drawn: a device can't be waited for without a thread that nothing ends. */
const lookMs = 50;

/** Opens a joystick by its device file; throws a Refusal that says what to do where that can't be. */
export async function openJoystick(
  path: string,
  { onKey, onLost }: HatEvents,
  bits: WordBits = ownWordBits(),
): Promise<{ readonly close: () => Promise<void> }> {
  const file = await openDevice(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const events = new InputEvents(bits);
  const looking = setInterval(() => {
    try {
      for (const bytes of bytesOf(file.fd)) for (const key of events.take(bytes)) onKey(key);
      events.forgetPart();
    } catch (error) {
      clearInterval(looking);
      onLost(lostDevice(path, error));
    }
  }, lookMs);
  return {
    close: async () => {
      clearInterval(looking);
      await file.close();
    },
  };
}

/** A device that never runs dry is read on at the next look. */
const mostReads = 4;

/** What can be read without waiting. */
function* bytesOf(fd: number): Generator<Buffer> {
  const bytes = Buffer.alloc(1024);
  try {
    for (let nth = 0; nth < mostReads; nth += 1) {
      const count = readSync(fd, bytes, 0, bytes.length, null);
      if (count === 0) return;
      yield Buffer.from(bytes.subarray(0, count));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
  }
}
