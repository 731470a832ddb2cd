import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFile } from './machine-file.ts';

/** Names that processors' thermal zones have, on ARM boards and on PCs. */
const processor = /cpu|soc|x86_pkg|coretemp|k10temp/i;

/** The processor's temperature in °C from /sys/class/thermal, or the warmest zone's where none is called so; null where there is none. */
export async function readTemperatureC(root: string): Promise<number | null> {
  const folder = join(root, 'sys/class/thermal');
  const names = await readdir(folder).catch(() => []);
  const zones = await Promise.all(
    names.filter((name) => name.startsWith('thermal_zone')).map((name) => readZone(join(folder, name))),
  );
  const plausible = zones.filter(({ celsius }) => celsius > -40 && celsius < 150);
  const best = plausible.filter(({ type }) => processor.test(type));
  const chosen = (best.length > 0 ? best : plausible).map(({ celsius }) => celsius);
  return chosen.length > 0 ? Math.max(...chosen) : null;
}

async function readZone(zone: string): Promise<{ type: string; celsius: number }> {
  const [type, milli] = await Promise.all([machineFile(join(zone, 'type')), machineFile(join(zone, 'temp'))]);
  return { type: type ?? '', celsius: milli ? Number(milli) / 1000 : Number.NaN };
}
