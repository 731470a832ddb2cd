import { constants, readSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '@piw/host/operator-error';
import { dark, type Picture } from '../pixels/picture.ts';
import { toRgb565 } from '../pixels/rgb565.ts';
import type { Hat, HatEvents } from './hat.ts';
import { InputEvents, ownWordBits } from './input-events.ts';

/** Where a HAT is. */
export interface DeviceFiles {
  readonly framebuffer: string;
  readonly joystick: string;
}

/** Opens a HAT by its device files; throws a Refusal that says what to do where this account may not, or they are none. */
export async function openDeviceFiles(files: DeviceFiles, heard: HatEvents): Promise<Hat> {
  const lights = await opened(files.framebuffer, constants.O_WRONLY | constants.O_NONBLOCK);
  const stick = await openStick(files.joystick, heard).catch(async (error: unknown) => {
    await lights.close();
    throw error;
  });
  const writer = new LightWriter(lights, (error) => heard.onLost(lost(files.framebuffer, error)));
  return {
    show: (picture) => writer.show(picture),
    close: async () => {
      writer.show(dark);
      await writer.written();
      await Promise.allSettled([lights.close(), stick.close()]);
    },
  };
}

/** The joystick is looked at so often, in milliseconds: a device can't be waited for without a thread that nothing ends. */
const lookMs = 25;

async function openStick(path: string, { onKey, onLost }: HatEvents): Promise<Pick<Hat, 'close'>> {
  const file = await opened(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const events = new InputEvents(ownWordBits());
  const looking = setInterval(() => {
    try {
      for (const bytes of bytesOf(file.fd)) for (const key of events.take(bytes)) onKey(key);
    } catch (error) {
      clearInterval(looking);
      onLost(lost(path, error));
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

async function opened(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM')
      throw new Refusal(
        `This account may not use ${path}.`,
        'Add it to the groups "video" and "input", and log in again.',
      );
    throw new Refusal(`${path} can't be opened: ${message}.`, 'Name the device of the HAT, or use --emulate.');
  }
}

/** What the operator reads when a device fails in the middle. */
const lost = (path: string, error: unknown): Error =>
  new Refusal(`${path} is lost: ${(error as Error).message}.`, 'Look whether the HAT sits well, then start again.');

/** Writes one picture at a time; of those that come meanwhile the last. */
class LightWriter {
  readonly #file: FileHandle;
  readonly #onLost: HatEvents['onLost'];
  #next: Picture | null = null;
  #writing: Promise<void> | null = null;

  constructor(file: FileHandle, onLost: HatEvents['onLost']) {
    this.#file = file;
    this.#onLost = onLost;
  }

  show(picture: Picture): void {
    this.#next = picture;
    this.#writing ??= this.#write();
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #write(): Promise<void> {
    try {
      while (this.#next) {
        const bytes = toRgb565(this.#next);
        this.#next = null;
        await this.#file.write(bytes, 0, bytes.length, 0);
      }
    } catch (error) {
      this.#onLost(error as Error);
    } finally {
      this.#writing = null;
    }
  }
}
