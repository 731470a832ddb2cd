import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Farm, runningOn } from '../fixtures/farm.ts';
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
async function open(
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  around: Pick<Parameters<typeof SenseProgram.start>[2] & object, 'node' | 'bits'> = {},
): Promise<SenseProgram> {
  const place = join(dir, `hat-${(opened += 1)}`);
  await mkdir(place);
  hat = await SenseProgram.start(place, ['--run-dir', join(dir, 'run'), ...args], {
    ...{ env: { ...cleanEnv(), ...env }, ...around },
  });
  return hat;
}

beforeAll(async () => {
  const endless = ['skipped', 'killed'].map((name) => ({ name: `to-be-${name}`, version: '1.0', slow: 600 }));
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
  await sense.sees(/^skipped to-be-skipped 1\.0$/);
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

/** How one gets to each page from the master's light, and what is seen there. */
const walks = [
  ['the farm', [], /^master of /],
  ['help', ['up'], /^last seen: /],
  ['the way out', ['down', 'down', 'down'], /^quit$/],
  ['attention', ['right'], /^all is well$/],
  ['climate', ['left'], /^no sensors: node-sense-hat is not installed$/],
  ['a node', ['in'], /^pause all$/],
  ['a question', ['in', 'down', 'in'], /^halt all\? \[no\] yes$/],
  ['a figure’s past', ['in', /^queue /, 'in'], /^queue of the last hour$/],
  ['an answer', ['in', 'in'], /^paused all$/],
] as const;

test.each(walks)('on %s, SIGTERM ends it at once with 0, and leaves the lights dark', async (page, walk, wanted) => {
  const sense = await open();
  await sense.sees(/^master of /);
  for (const step of walk) await (typeof step === 'string' ? sense.push(step) : sense.pushUntil('down', step));
  await sense.sees(wanted);
  const askedMs = performance.now();
  expect(await sense.stop()).toBe(0);
  expect(performance.now() - askedMs).toBeLessThan(2000);
  expect([await sense.errors, new Set(await sense.lights())]).toEqual(['', new Set([0])]);
  if (page === 'an answer') expect((await farm.control('resume', '--all')).code).toBe(0);
});

test('a program of a 32-bit system reads the short events of its joystick', async () => {
  const wire = new URL('../../packages/wire/dist/control-client.js', import.meta.url); // its native code is that of this machine
  const arm = `import "${wire}"; Object.defineProperty(process, "arch", { value: "arm" });`;
  const sense = await open([], {}, { node: ['--import', `data:text/javascript,${encodeURIComponent(arm)}`], bits: 32 });
  await sense.sees(/^master of /);
  await sense.push('down');
  await sense.sees(new RegExp(`^${one}: `));
  await sense.push('in');
  await sense.sees(new RegExp(`^pause ${one}$`));
  await sense.push('left', 'up');
  expect(await sense.sees(/^master of /)).not.toContain('not heard');
});

test.each(['framebuffer', 'joystick'] as const)(
  'an account that may not use the %s reads in a line which groups to join',
  async (device) => {
    const place = join(dir, `closed-${device}`);
    await mkdir(place);
    const words = ['framebuffer', 'joystick'].flatMap((name) => [`--${name}`, join(place, name)]);
    await writeFile(join(place, 'framebuffer'), Buffer.alloc(128));
    await writeFile(join(place, 'joystick'), '');
    await chmod(join(place, device), 0);
    // to root all files are open but where it gave that up
    const within = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', '-dac_override,-dac_read_search'] : [];
    const { code, stderr } = await runOurs('sense', 'piw-sense', words, { within });
    expect(code).toBe(1);
    expect(stderr).toBe(
      `piw-sense: This account may not use ${join(place, device)}. Add it to the groups "video" and "input" (sudo usermod -aG video,input "$USER"), and log in again.\n`,
    );
  },
);

test('-r auto without sensors is said in a line, and on the lights', async () => {
  const sense = await open(['-r', 'auto']);
  await sense.sees(/^-r auto: no sensors: node-sense-hat is not installed$/);
  await sense.push('in');
  await sense.sees(/^master of /);
  await sense.stop();
  expect(await sense.errors).toMatch(
    /-r auto: the picture is not turned by gravity: .* Give -r 0, 90, 180 or 270\.\n$/,
  );
});

test('with --readonly nothing can be ordered', async () => {
  const sense = await open(['--readonly']);
  await sense.sees(/^master of /);
  await sense.push('in');
  expect(await sense.sees(/no orders from here/)).toContain('--readonly');
});

test('neither a reboot nor a power-off that is not permitted is more than told, and leaving leaves the lights dark', async () => {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), '#!/bin/sh\necho "Interactive authentication required." >&2\nexit 1\n');
  await chmod(join(bin, 'systemctl'), 0o755);
  const sense = await open([], { PATH: `${bin}:${process.env['PATH']}` });
  await sense.sees(/^master of /);
  await sense.push('down', 'down', 'down', 'right');
  await sense.sees(/^reboot this Pi$/);
  await sense.push('in', 'right', 'in');
  await sense.sees(/^not permitted: Interactive authentication required/);
  await sense.push('in');
  await sense.sees(new RegExp(`^${two}: `));
  await sense.push('down', 'right', 'right');
  await sense.sees(/^power off this Pi$/);
  await sense.push('in', 'right', 'in');
  await sense.sees(/^not permitted: Interactive authentication required/);
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

test('a master that was killed is waited for until the farm has it again, with the selection kept', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  await sense.push('down', 'down');
  await sense.sees(new RegExp(`^${two}: `));
  const [master] = (await runningOn(dir)).filter(({ command }) => command.includes('piw-master.js'));
  process.kill(master!.pid, 'SIGKILL');
  await sense.sees(new RegExp(`^${two}: .*not heard for`));
  await sense.sees(new RegExp(`^${two}: (?!.*not heard)`));
  await sense.push('in');
  expect(await sense.sees(/^pause /)).toBe(`pause ${two}`);
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
  await sense.sees(new RegExp(`^paused ${one}$`));
  expect((await farm.control('slaves')).stdout).toMatch(new RegExp(`^${one} +paused`, 'm'));
});
