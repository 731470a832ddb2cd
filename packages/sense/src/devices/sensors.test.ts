import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Reading, readingOf, sensorsOf, turnOf } from './sensors.ts';

const built = new URL('../../dist/devices/sensors-process.js', import.meta.url);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-sense-'));
});
afterEach(() => rm(dir, { recursive: true }));

/** What stands for node-sense-hat with its nodeimu, of which the constructor does this. */
async function library(constructor: string, value = '{}'): Promise<string> {
  const place = join(dir, 'node_modules/nodeimu');
  await mkdir(place, { recursive: true });
  const getValue = `getValue(done) { setImmediate(() => done(null, ${value})); }`;
  await writeFile(
    join(place, 'index.js'),
    `module.exports = { IMU: class { constructor() { ${constructor} } ${getValue} } };`,
  );
  await writeFile(join(dir, 'index.js'), 'throw new Error("Cannot detect RPi-Sense FB device");');
  return join(dir, 'index.js');
}

const measured = { temperature: 31.5, humidity: 40, pressure: 1013, accel: { x: 0.01, y: 0.98, z: 0.1 } };

test('the sensors are read in a process of their own, until nobody wants to know', async () => {
  const entry = await library('console.log("Settings file not found")', JSON.stringify(measured));
  const wanted = new AbortController();
  const readings: Reading[] = [];
  const ended = sensorsOf(entry, built)((reading) => {
    readings.push(reading);
    wanted.abort();
  }, wanted.signal);
  await expect(ended).resolves.toEqual(expect.any(String));
  expect(readings[0]).toEqual({ climate: { temperatureC: 31.5, humidity: 40, pressureHpa: 1013 }, turn: 0 });
});

test('a library that ends its process as it finds no sensors ends nothing else, and leaves nothing behind', async () => {
  const entry = await library(
    'require("fs").writeFileSync("RTIMULib.ini", ""); console.error("Failed to open I2C bus 1"); process.exit(1)',
  );
  const places = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('piw-sensors-'));
  const before = await places();
  expect(await sensorsOf(entry, built)(() => undefined, new AbortController().signal)).toMatch(/join the group "i2c"/);
  expect(await places()).toEqual(before);
  await library('console.error("No IMU detected"); process.exit(1)');
  expect(await sensorsOf(entry, built)(() => undefined, new AbortController().signal)).toBe('No IMU detected');
});

test('what no sensor can measure is not believed: a library may hand out what was in memory', () => {
  expect(readingOf({ ...measured, pressure: 0 })).toEqual({ climate: null, turn: 0 });
  expect(readingOf({ ...measured, temperature: 3e38 }).climate).toBeNull();
  expect(readingOf({ ...measured, accel: { x: Number.NaN, y: 0, z: 0 } }).turn).toBeNull();
  expect(readingOf(null)).toEqual({ climate: null, turn: null });
});

test('what is down turns the picture, and of a HAT that lies flat nothing does', () => {
  const at = (x: number, y: number) => turnOf({ x, y });
  expect([at(0, 1), at(-1, 0.2), at(0.1, -1), at(1, 0)]).toEqual([0, 90, 180, 270]);
  expect(at(0.1, -0.1)).toBeNull();
});
