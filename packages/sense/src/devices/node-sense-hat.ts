import { Refusal } from '@piw/host/operator-error';
import { z } from 'zod';
import { dark, type Picture } from '../pixels/picture.ts';
import { type StickKey, stickKeys, type Turn } from '../pixels/rotate.ts';
import type { Hat, HatEvents, Sensors } from './hat.ts';

/** What we use of node-sense-hat, an optional peer: {sense-hat-led, sense-joystick, nodeimu}. */
export interface SenseHatLibrary {
  readonly Leds: { readonly setPixels: (pixels: number[][], done: (error: Error | null) => void) => void };
  readonly Joystick: { readonly getJoystick: () => Promise<Stick> };
  readonly Imu: {
    readonly IMU: new () => { readonly getValue: (done: (error: unknown, data: unknown) => void) => void };
  };
}

interface Stick {
  on(event: 'press' | 'hold', heard: (direction: string) => void): void;
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

/** A HAT by that library. Its joystick understands the events of 32-bit systems only. */
export async function openSenseHat({ Leds, Joystick }: SenseHatLibrary, { onKey }: HatEvents): Promise<Hat> {
  const show = (picture: Picture): Promise<void> =>
    new Promise((resolve) =>
      Leds.setPixels(
        picture.map((colour) => [...colour]),
        () => resolve(),
      ),
    );
  const stick = await Joystick.getJoystick().catch((error: unknown) => {
    throw new Refusal(`The HAT's joystick is not found: ${(error as Error).message}.`, 'Use --driver files.');
  });
  let open = true;
  const heard = (direction: string): void => {
    const key = direction === 'click' ? 'in' : (direction as StickKey);
    if (open && stickKeys.includes(key)) onKey(key);
  };
  stick.on('press', heard);
  stick.on('hold', (direction) => direction !== 'click' && heard(direction));
  return {
    show: (picture) => void show(picture),
    close: async () => {
      open = false;
      await show(dark);
    },
  };
}

const reading = z.object({
  accel: z.object({ x: z.number(), y: z.number() }),
  temperature: z.number(),
  humidity: z.number(),
  pressure: z.number(),
});

/** The sensors of a HAT by that library; each read rejects where the sensors don't answer as they should. */
export function openSensors({ Imu }: SenseHatLibrary): Sensors {
  const imu = new Imu.IMU();
  const read = (): Promise<z.output<typeof reading>> =>
    new Promise((resolve, reject) => {
      imu.getValue((error, data) => {
        const known = reading.safeParse(data);
        if (known.success) resolve(known.data);
        else reject(new Error(typeof error === 'string' ? error : 'no reading'));
      });
    });
  return {
    climate: async () => {
      const { temperature, humidity, pressure } = await read();
      return { temperatureC: temperature, humidity, pressureHpa: pressure };
    },
    turn: async () => turnOf((await read()).accel),
  };
}

/** How a picture is turned by what is down: the HAT's x axis points to its right, its y axis away from the HDMI socket. */
export function turnOf({ x, y }: { readonly x: number; readonly y: number }): Turn {
  if (Math.abs(x) > Math.abs(y)) return x > 0 ? 90 : 270;
  return y < 0 ? 180 : 0;
}
