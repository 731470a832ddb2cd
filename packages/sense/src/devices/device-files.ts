import { constants, writeSync } from 'node:fs';
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
  let isLost = false;
  const show = (picture: Picture): void => {
    if (isLost) return;
    try {
      write(lights.fd, toRgb565(picture));
    } catch (error) {
      isLost = true;
      heard.onLost(lostDevice(files.framebuffer, error));
    }
  };
  return {
    show,
    close: async () => {
      show(dark);
      await Promise.allSettled([lights.close(), stick.close()]);
      return true;
    },
  };
}

/** A framebuffer is memory, of which the kernel tells the HAT later: the way to a thread and back would take longer. */
function write(fd: number, bytes: Buffer): void {
  const count = writeSync(fd, bytes, 0, bytes.length, 0);
  if (count < bytes.length) throw new Error(`it takes ${count} of ${bytes.length} bytes`);
}
