import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { type Farm, runningOn } from '../fixtures/farm.ts';
import { one, SenseFarm, two } from '../fixtures/sense-farm.ts';

let hats: SenseFarm;
let dir: string;
let farm: Farm;

const open: SenseFarm['hat'] = (...words) => hats.hat(...words);

beforeAll(async () => {
  const endless = ['skipped', 'skipped-too', 'killed'].map((name) => ({
    name: `to-be-${name}`,
    version: '1.0',
    held: true,
  }));
  hats = await SenseFarm.open(endless);
  ({ dir, farm } = hats.stage);
});

afterEach(() => hats.putAway());

afterAll(async () => {
  expect(await hats.stage.close()).toEqual({ code: 0, left: [] });
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

test('at the master’s light what all slaves build is skipped with one order', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  expect((await farm.add('to-be-skipped-too')).code).toBe(0);
  await vi.waitFor(async () => expect((await farm.control('slaves')).stdout).toMatch(/to-be-skipped-too/), 30_000);
  await sense.push('in');
  await sense.sees(/^skip the one build$/);
  await sense.push('in', 'right', 'in');
  await sense.sees(/^skipped the one build$/);
  const idle = async () => expect((await farm.control('slaves')).stdout).not.toMatch(/to-be-skipped-too/);
  await vi.waitFor(idle, 30_000);
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
  expect(await sense.sees(/^(?:pause|resume) /)).toContain(two);
});

test('a master that goes is waited for, and its farm comes back with the selection kept', async () => {
  const sense = await open();
  await sense.sees(/^master of /);
  await sense.push('down', 'down');
  await sense.sees(new RegExp(`^${two}: `));
  expect(await farm.stop()).toBe(0);
  await sense.sees(new RegExp(`^${two}: .*not heard for`));
  farm = await hats.stage.start();
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
