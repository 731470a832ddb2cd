import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { OneTargetFarm } from '../fixtures/one-target-farm.ts';
import { cleanEnv, runOurs } from '../fixtures/run-program.ts';
import { SenseProgram } from '../fixtures/sense.ts';
import { keys, TerminalProgram } from '../fixtures/terminal.ts';

const [one, two] = [`${hostname()}-1`, `${hostname()}-2`];

let stage: OneTargetFarm;
let dir: string;
let farm: Farm;
let hat: SenseProgram | undefined;
let opened = 0;

/** A hat of files over the farm, at its beginning. */
async function open(args: readonly string[] = [], around: NodeJS.ProcessEnv = {}): Promise<SenseProgram> {
  const place = join(dir, `hat-${(opened += 1)}`);
  await mkdir(place);
  hat = await SenseProgram.start(place, ['--run-dir', join(dir, 'run'), ...args], {
    env: { ...cleanEnv(), ...around },
  });
  return hat;
}

beforeAll(async () => {
  const endless = ['skipped', 'killed'].map((name) => ({ name: `to-be-${name}`, version: '1.0', held: true }));
  stage = await OneTargetFarm.open(endless, ['--slaves', '2']);
  ({ dir, farm } = stage);
  for (const label of [one, two]) await farm.heard(new RegExp(`^slave +${label} builds`));
});

afterEach(async () => {
  await hat?.stop();
  hat = undefined;
});

afterAll(async () => {
  expect(await stage.close()).toEqual({ code: 0, left: [] });
});

test('a build is selected, read and skipped with the joystick, and the master’s answer goes by', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  expect((await farm.control('pause', two)).code).toBe(0);
  expect((await farm.add('to-be-skipped')).code).toBe(0);
  await sense.push('down');
  await sense.sees(new RegExp(`^${one}: \\w+ to-be-skipped 1.0`));
  await sense.push('in');
  await sense.sees(/^skip to-be-skipped 1\.0$/);
  await sense.push('in', 'right');
  await sense.sees(/no \[yes\]$/);
  await sense.push('in');
  await sense.sees(/to-be-skipped .* is skipped/);
  await sense.push('in');
  await sense.sees(new RegExp(`^${one}: idle`));
  expect((await farm.control('resume', two)).code).toBe(0);
});

test('what the framebuffer holds is what was shown', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  await vi.waitFor(async () => {
    const [lights, { pixels }] = [await sense.lights(), sense.frames.at(-1)!];
    const channels = (i: number): number[] => [0, 2, 4].map((at) => Number.parseInt(pixels[i]!.slice(at, at + 2), 16));
    const of = (i: number): number => {
      const [red, green, blue] = channels(i);
      return ((red! >> 3) << 11) | ((green! >> 2) << 5) | (blue! >> 3);
    };
    expect(lights).toEqual(pixels.map((_, i) => of(i)));
  });
});

test('a slave is killed with the joystick, and is seen to go', async () => {
  const sense = await open();
  expect((await farm.control('pause', two)).code).toBe(0);
  expect((await farm.add('to-be-killed')).code).toBe(0);
  await sense.sees(/^master of /);
  await sense.push('down');
  await sense.sees(/to-be-killed/);
  await sense.push('in');
  await sense.sees(/^skip /);
  await sense.pushUntil('down', /^kill /);
  await sense.push('in', 'right', 'in');
  await sense.sees(new RegExp(`^${one}: `));
  const slaves = async () => (await farm.control('slaves')).stdout;
  await vi.waitFor(async () => expect(await slaves()).not.toMatch(new RegExp(`^${one} +building`, 'm')), 30_000);
  expect((await farm.control('skip', '--package', 'to-be-killed', '--reason', 'it never ends')).code).toBe(0);
  expect((await farm.control('restart', one)).code).toBe(0);
  await vi.waitFor(async () => expect(await slaves()).toMatch(new RegExp(`^${one} +idle`, 'm')), 30_000);
});

test.each([
  ['0', [0, 3], 'down'],
  ['90', [4, 0], 'left'],
  ['180', [7, 4], 'up'],
  ['270', [3, 7], 'right'],
] as const)(
  'turned by %s degrees the master is where the eye looks for it, and pushes go where they go',
  async (turn, [x, y], down) => {
    const sense = await open(['-r', turn]);
    await sense.sees(/^master of /);
    await sense.push(down);
    await sense.sees(new RegExp(`^${one}: `));
    const corners = [56, 0, 7, 63]; // where the last of the first column's five nodes would be
    const empty = corners[Number(turn) / 90]!;
    await vi.waitFor(async () => {
      const lights = await sense.lights();
      expect([lights[y * 8 + x] !== 0, lights[empty]]).toEqual([true, 0]);
    });
  },
);

test('with --readonly nothing can be ordered', async () => {
  const sense = await open(['--readonly']);
  await sense.sees(/^master of /);
  await sense.push('in');
  expect(await sense.sees(/no orders from here/)).toContain('--readonly');
});

test('a reboot that is not permitted is told, and leaving leaves the lights dark', async () => {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), '#!/bin/sh\necho "Interactive authentication required." >&2\nexit 1\n');
  await chmod(join(bin, 'systemctl'), 0o755);
  const sense = await open([], { PATH: `${bin}:${process.env['PATH']}` });
  await sense.sees(/^master of /);
  await sense.push('down', 'down', 'down', 'right');
  await sense.sees(/^reboot this Pi$/);
  await sense.push('in', 'right', 'in');
  await sense.sees(/not permitted: Interactive authentication required/);
  await sense.push('in', 'down', 'in', 'right', 'in');
  expect(await sense.exit).toBe(0);
  expect(new Set(await sense.lights())).toEqual(new Set([0]));
});

test('without a HAT and without a terminal one line says both ways out', async () => {
  const { code, stderr } = await runOurs('sense', 'piw-sense', ['--run-dir', join(dir, 'run')]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^piw-sense: .* --emulate .* --framebuffer and --joystick\.\n$/);
});

test.each(['q', keys.ctrlC])('the emulator has arrow keys, and %j leaves the terminal as it was found', async (key) => {
  const screen = TerminalProgram.start(['sense', 'piw-sense'], ['--emulate', '--run-dir', join(dir, 'run')]);
  await screen.sees(/▀{32}/);
  await screen.sees(/master of /);
  expect(screen.isOnAlternateScreen).toBe(true);
  screen.type(keys.down);
  await screen.sees(new RegExp(`${one}: `));
  screen.type(key);
  expect(await screen.exit).toBe(0);
  expect([screen.isOnAlternateScreen, screen.written.endsWith('\x1b[?25h\x1b[?1049l')]).toEqual([false, true]);
});

test('a master that goes is waited for, and its farm comes back with the selection kept', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  await sense.push('down', 'down');
  await sense.sees(new RegExp(`^${two}: `));
  expect(await farm.stop()).toBe(0);
  await sense.sees(new RegExp(`^${two}: .*not heard for`));
  farm = await stage.start();
  await sense.sees(new RegExp(`^${two}: (?!.*not heard)`));
  await vi.waitFor(
    async () => expect((await farm.control('slaves')).stdout).toMatch(new RegExp(`^${one} `, 'm')),
    30_000,
  );
  await sense.push('up');
  await sense.sees(new RegExp(`^${one}: `));
  await sense.push('in');
  await sense.sees(/^pause /);
  await sense.push('in');
  await sense.sees(/: no further work|paused/);
  expect((await farm.control('slaves')).stdout).toMatch(new RegExp(`^${one} +paused`, 'm'));
});
