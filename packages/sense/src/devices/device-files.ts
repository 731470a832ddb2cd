import { constants } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dark, type Picture } from '../pixels/picture.ts';
import { toRgb565 } from '../pixels/rgb565.ts';
import type { Hat, HatEvents } from './hat.ts';
import { openJoystick } from './joystick.ts';
import { lostDevice, openDevice } from './open-device.ts';

/** Where a HAT is. */
export interface DeviceFiles {
  readonly framebuffer: string;
  readonly joystick: string;
}

/** Opens a HAT by its device files; throws a Refusal that says what to do where this account may not, or they are none. */
export async function openDeviceFiles(files: DeviceFiles, heard: HatEvents): Promise<Hat> {
  const lights = await openDevice(files.framebuffer, constants.O_WRONLY | constants.O_NONBLOCK);
  const stick = await openJoystick(files.joystick, heard).catch(async (error: unknown) => {
    await lights.close();
    throw error;
  });
  const writer = new LightWriter(lights, (error) => heard.onLost(lostDevice(files.framebuffer, error)));
  return {
    show: (picture) => writer.show(picture),
    close: async () => {
      writer.show(dark);
      await writer.written();
      await Promise.allSettled([lights.close(), stick.close()]);
    },
  };
}

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
        const { bytesWritten } = await this.#file.write(bytes, 0, bytes.length, 0);
        if (bytesWritten < bytes.length) throw new Error(`it takes ${bytesWritten} of ${bytes.length} bytes`);
      }
    } catch (error) {
      this.#onLost(error as Error);
    } finally {
      this.#writing = null;
    }
  }
}
