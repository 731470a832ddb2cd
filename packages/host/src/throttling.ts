import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFile } from './machine-file.ts';

/** The lower bits of the Raspberry Pi firmware's word say what is so now: under-voltage, capped, throttled, soft limit. */
const nowBits = 0xfn;

/** Whether a Raspberry Pi is slowed down or short of voltage just now; null on a machine that doesn't tell. */
export async function readThrottled(root: string): Promise<boolean | null> {
  const word = await machineFile(join(root, 'sys/devices/platform/soc/soc:firmware/get_throttled'));
  if (word && /^(?:0x)?[0-9a-f]{1,16}$/i.test(word)) return (BigInt(`0x${word.replace(/^0x/i, '')}`) & nowBits) !== 0n;
  return readUnderVoltage(join(root, 'sys/class/hwmon'));
}

/** Newer kernels tell of the voltage alone, as the alarm of the hwmon device `rpi_volt`. */
async function readUnderVoltage(folder: string): Promise<boolean | null> {
  for (const device of await readdir(folder).catch(() => [])) {
    if ((await machineFile(join(folder, device, 'name'))) !== 'rpi_volt') continue;
    const alarm = await machineFile(join(folder, device, 'in0_lcrit_alarm'));
    if (alarm !== null) return alarm === '1';
  }
  return null;
}
