import { freemem, loadavg, totalmem, uptime } from 'node:os';
import { join } from 'node:path';
import { readDisk } from './disk.ts';
import { machineFile } from './machine-file.ts';
import { readTemperatureC } from './temperature.ts';
import { readThrottled } from './throttling.ts';

/** How the machine is: Ms since 1970 or long, Bytes, C for °C; null is what the machine doesn't tell. */
export interface Vitals {
  readonly clockMs: number;
  readonly upMs: number;
  readonly diskFreeBytes: number;
  readonly diskSizeBytes: number;
  readonly memoryFreeBytes: number;
  readonly memorySizeBytes: number;
  readonly swapFreeBytes: number;
  readonly swapSizeBytes: number;
  readonly load: number;
  readonly temperatureC: number | null;
  readonly throttled: boolean | null;
}

/** Reads the machine's vitals, with the disk being the one that holds `dir`; `root` is where its /proc and /sys are. */
export async function readVitals(dir: string, root = '/'): Promise<Vitals> {
  const [disk, memory, temperatureC, throttled] = await Promise.all([
    readDisk(dir),
    readMemory(root),
    readTemperatureC(root),
    readThrottled(root),
  ]);
  return {
    clockMs: Date.now(),
    upMs: Math.round(uptime() * 1000),
    ...disk,
    ...memory,
    load: loadavg()[0] ?? 0,
    temperatureC,
    throttled,
  };
}

type Memory = Pick<Vitals, 'memoryFreeBytes' | 'memorySizeBytes' | 'swapFreeBytes' | 'swapSizeBytes'>;

async function readMemory(root: string): Promise<Memory> {
  const text = (await machineFile(join(root, 'proc/meminfo'))) ?? '';
  const kibibytes = new Map([...text.matchAll(/^(\w+): +(\d+) kB$/gm)].map(([, key, value]) => [key, Number(value)]));
  const bytes = (key: string, otherwise: number) => (kibibytes.get(key) ?? otherwise / 1024) * 1024;
  return {
    memoryFreeBytes: bytes('MemAvailable', freemem()),
    memorySizeBytes: bytes('MemTotal', totalmem()),
    swapFreeBytes: bytes('SwapFree', 0),
    swapSizeBytes: bytes('SwapTotal', 0),
  };
}
