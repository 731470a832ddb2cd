import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DeviceFiles } from './device-files.ts';

/** The HAT's device files by the names that its drivers give them; undefined for one that isn't there. */
export async function findDeviceFiles(
  { sys, dev }: { readonly sys: string; readonly dev: string } = { sys: '/sys', dev: '/dev' },
): Promise<Partial<DeviceFiles>> {
  const [fb, event] = await Promise.all([
    named(join(sys, 'class/graphics'), /^fb\d+$/, 'name', 'RPi-Sense FB'),
    named(join(sys, 'class/input'), /^event\d+$/, 'device/name', 'Raspberry Pi Sense HAT Joystick'),
  ]);
  return {
    ...(fb === undefined ? {} : { framebuffer: join(dev, fb) }),
    ...(event === undefined ? {} : { joystick: join(dev, 'input', event) }),
  };
}

async function named(folder: string, pattern: RegExp, file: string, wanted: string): Promise<string | undefined> {
  const entries = await readdir(folder).catch((): string[] => []);
  for (const entry of entries.filter((one) => pattern.test(one)).toSorted()) {
    const name = await readFile(join(folder, entry, file), 'utf8').catch(() => '');
    if (name.trim() === wanted) return entry;
  }
  return undefined;
}
