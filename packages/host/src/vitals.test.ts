import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readBoard } from './board.ts';
import { readVitals } from './vitals.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'machine-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function machineHas(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

test('this machine has vitals', async () => {
  const vitals = await readVitals(root);
  expect(vitals.diskSizeBytes).toBeGreaterThanOrEqual(vitals.diskFreeBytes);
  expect(vitals.memorySizeBytes).toBeGreaterThan(vitals.memoryFreeBytes);
  expect(vitals.upMs).toBeGreaterThan(0);
  expect(vitals.load).toBeGreaterThanOrEqual(0);
});

test('memory and swap are what the kernel says, in bytes', async () => {
  machineHas(
    'proc/meminfo',
    'MemTotal: 1000 kB\nMemFree: 1 kB\nMemAvailable:  600 kB\nSwapTotal: 100 kB\nSwapFree: 50 kB\n',
  );
  expect(await readVitals(root, root)).toMatchObject({
    memorySizeBytes: 1_024_000,
    memoryFreeBytes: 614_400,
    swapSizeBytes: 102_400,
    swapFreeBytes: 51_200,
  });
});

test('a machine that tells nothing has neither temperature nor throttling, and no swap', async () => {
  const vitals = await readVitals(root, root);
  expect(vitals).toMatchObject({ temperatureC: null, throttled: null, swapSizeBytes: 0 });
  expect(vitals.memorySizeBytes).toBeGreaterThan(0);
});

test('a disk that cannot be asked counts as full', async () => {
  expect(await readVitals(join(root, 'gone'), root)).toMatchObject({ diskFreeBytes: 0, diskSizeBytes: 0 });
});

test("the processor's temperature counts, not that of a warmer part or of a broken sensor", async () => {
  machineHas('sys/class/thermal/thermal_zone0/type', 'acpitz\n');
  machineHas('sys/class/thermal/thermal_zone0/temp', '99000\n');
  machineHas('sys/class/thermal/thermal_zone1/type', 'cpu-thermal\n');
  machineHas('sys/class/thermal/thermal_zone1/temp', '48312\n');
  machineHas('sys/class/thermal/thermal_zone2/type', 'cpu-thermal\n');
  machineHas('sys/class/thermal/thermal_zone2/temp', '-274000\n');
  expect((await readVitals(root, root)).temperatureC).toBe(48.312);
});

test.each([
  ['50005', true],
  ['0x50000', false],
  ['0', false],
])('a Raspberry Pi whose firmware says %s is throttled just now: %s', async (word, throttled) => {
  machineHas('sys/devices/platform/soc/soc:firmware/get_throttled', `${word}\n`);
  expect((await readVitals(root, root)).throttled).toBe(throttled);
});

test('where the firmware is silent the under-voltage alarm tells', async () => {
  machineHas('sys/class/hwmon/hwmon0/name', 'cpu_thermal\n');
  machineHas('sys/class/hwmon/hwmon1/name', 'rpi_volt\n');
  machineHas('sys/class/hwmon/hwmon1/in0_lcrit_alarm', '1\n');
  expect((await readVitals(root, root)).throttled).toBe(true);
});

test('a board presents itself by its model, serial and system', async () => {
  machineHas('proc/device-tree/model', 'Raspberry Pi 4 Model B Rev 1.4\0');
  machineHas('proc/device-tree/serial-number', '10000000abcdef\0');
  machineHas('etc/os-release', 'NAME="Debian"\nPRETTY_NAME="Debian GNU/Linux 13 (trixie)"\n');
  expect(await readBoard(root)).toMatchObject({
    model: 'Raspberry Pi 4 Model B Rev 1.4',
    serial: '10000000abcdef',
    os: 'Debian GNU/Linux 13 (trixie)',
  });
});

test('a machine without a device tree is what its maker calls it, or nameless', async () => {
  expect(await readBoard(root)).toMatchObject({ model: null, serial: null });
  machineHas('sys/class/dmi/id/product_name', 'ThinkServer\n');
  expect((await readBoard(root)).model).toBe('ThinkServer');
});
