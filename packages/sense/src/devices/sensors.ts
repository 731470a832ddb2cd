import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Turn } from '../pixels/rotate.ts';
import type { Climate } from '../state/sense.ts';

/** What the HAT's sensors say: the climate, and how the picture has to be turned by what is down. Null is not known now. */
export interface Reading {
  readonly climate: Climate | null;
  readonly turn: Turn | null;
}

/** Tells what the sensors measure, again and again until the signal; resolves to why they can't be read any more. */
export type FollowSensors = (heard: (reading: Reading) => void, signal: AbortSignal) => Promise<string>;

/** Where node-sense-hat is installed: its entry file; null where it isn't. */
export function findSensorLibrary(): string | null {
  try {
    return createRequire(import.meta.url).resolve('node-sense-hat');
  } catch {
    return null;
  }
}

/** The sensors by the nodeimu of that node-sense-hat. */
export function sensorsOf(library: string, file = new URL('./sensors-process.js', import.meta.url)): FollowSensors {
  return async (heard, signal) => {
    const place = await mkdtemp(join(tmpdir(), 'piw-sensors-')); // nodeimu leaves a file where it runs
    try {
      const child = fork(file, [library], { cwd: place, execArgv: [], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
      const stop = (): boolean => child.kill('SIGKILL');
      signal.addEventListener('abort', stop, { once: true });
      if (signal.aborted) stop();
      child.on('message', (data) => heard(readingOf(data)));
      const [said, [code]] = await Promise.all([text(child.stderr!), once(child, 'exit') as Promise<[number | null]>]);
      signal.removeEventListener('abort', stop);
      return whyOf(said, code);
    } finally {
      await rm(place, { recursive: true, force: true });
    }
  };
}

const between = (least: number, most: number) => z.number().min(least).max(most);

/** What nodeimu hands out before the sensors have an answer is whatever was in memory: only what the sensors can measure is true. */
const climate = z.object({ temperature: between(-40, 120), humidity: between(-10, 110), pressure: between(260, 1260) });
const gravity = z.object({ accel: z.object({ x: between(-4, 4), y: between(-4, 4) }) });

/** What is true of a message of the sensors' process. */
export function readingOf(data: unknown): Reading {
  const [air, down] = [climate.safeParse(data).data, gravity.safeParse(data).data];
  return {
    climate: air ? { temperatureC: air.temperature, humidity: air.humidity, pressureHpa: air.pressure } : null,
    turn: down ? turnOf(down.accel) : null,
  };
}

/** A HAT that lies flat, or nearly so, is for whoever stands anywhere around it: as much of gravity, in g, tells more. */
const leastGravity = 0.5;

/**
 * How a picture is turned by what is down, in g: nodeimu's x axis points to the right of a HAT whose HDMI socket is below, its y axis
 * down; what points to the ground is positive. Null where the HAT lies flat.
 */
export function turnOf({ x, y }: { readonly x: number; readonly y: number }): Turn | null {
  if (Math.hypot(x, y) < leastGravity) return null;
  if (Math.abs(x) > Math.abs(y)) return x > 0 ? 270 : 90;
  return y < 0 ? 180 : 0;
}

/** By what the library says as it gives up. */
function whyOf(said: string, code: number | null): string {
  if (/Failed to open I2C/.test(said)) return 'no I2C: enable it, and join the group "i2c"';
  const [last] = said.trim().split('\n').slice(-1);
  return last === undefined || last === '' ? `the sensors' process ended with ${code}` : last.slice(0, 80);
}
