import { dark, type Picture } from '../pixels/picture.ts';
import type { Hat, HatEvents } from './hat.ts';
import { openJoystick } from './joystick.ts';
import { lostDevice, refusedDevice } from './open-device.ts';

/** What we use of node-sense-hat, an optional peer, for the lights. Its asynchronous calls throw out of nowhere where a device may not be used. */
export interface SenseHatLibrary {
  readonly Leds: { readonly sync: { readonly setPixels: (pixels: number[][]) => void } };
}

/** The library; null where it isn't installed, or finds no HAT. */
export async function loadSenseHat(
  load: () => Promise<{ readonly default: unknown }> = () => import('node-sense-hat'),
): Promise<SenseHatLibrary | null> {
  try {
    return (await load()).default as SenseHatLibrary;
  } catch {
    return null;
  }
}

/**
 * A HAT whose lights are that library's. Its joystick is read by its device file all the same: the library understands the events of
 * 32-bit systems only, and keeps a program from ending until somebody pushes.
 */
export async function openSenseHat({ Leds }: SenseHatLibrary, joystick: string, heard: HatEvents): Promise<Hat> {
  const show = (picture: Picture): void => Leds.sync.setPixels(picture.map((colour) => [...colour]));
  try {
    show(dark);
  } catch (error) {
    throw refusedDevice('the framebuffer of the HAT', error);
  }
  const stick = await openJoystick(joystick, heard);
  let isLost = false;
  return {
    show: (picture) => {
      if (isLost) return;
      try {
        show(picture);
      } catch (error) {
        isLost = true;
        heard.onLost(lostDevice('The framebuffer of the HAT', error));
      }
    },
    close: async () => {
      await stick.close();
      if (!isLost) show(dark);
      return true;
    },
  };
}
