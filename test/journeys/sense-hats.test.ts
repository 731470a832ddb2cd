import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { cleanEnv, runOurs } from '../fixtures/run-program.ts';
import { one, SenseFarm, two } from '../fixtures/sense-farm.ts';
import { asFound, keys, TerminalProgram } from '../fixtures/terminal.ts';

let hats: SenseFarm;
let dir: string;
let farm: Farm;

const open: SenseFarm['hat'] = (...words) => hats.hat(...words);

beforeAll(async () => {
  hats = await SenseFarm.open();
  ({ dir, farm } = hats.stage);
});

afterEach(() => hats.putAway());

afterAll(async () => {
  expect(await hats.stage.close()).toEqual({ code: 0, left: [] });
});

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
  const sense = await open([], { node: ['--import', `data:text/javascript,${encodeURIComponent(arm)}`], bits: 32 });
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

test('neither a reboot nor a power-off that is not permitted is more than told, and leaving leaves the lights dark', async () => {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), '#!/bin/sh\necho "Interactive authentication required." >&2\nexit 1\n');
  await chmod(join(bin, 'systemctl'), 0o755);
  const sense = await open([], { env: { PATH: `${bin}:${process.env['PATH']}` } });
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
  await vi.waitFor(async () => expect(await screen.leavings()).toEqual(asFound));
});

test('the emulator powers nothing off: the machine that it runs on is not the one that is meant', async () => {
  const bin = join(dir, 'bin-without-power');
  await mkdir(bin);
  await writeFile(join(bin, 'systemctl'), `#!/bin/sh\ntouch ${join(bin, 'called')}\n`);
  await chmod(join(bin, 'systemctl'), 0o755);
  const env = { ...cleanEnv(), PATH: `${bin}:${process.env['PATH']}` };
  const screen = TerminalProgram.start(['sense', 'piw-sense'], ['--emulate', '--run-dir', join(dir, 'run')], { env });
  await screen.sees(/master of /);
  for (const [key, wanted] of [
    [keys.down, new RegExp(`${one}: `)],
    [keys.down, new RegExp(`${two}: `)],
    [keys.down, /quit/],
    [keys.right, /reboot this Pi/],
    [keys.right, /power off this Pi/],
    [keys.enter, /power off this Pi\? \[no\] yes/],
    [keys.right, /no \[yes\]/],
    [keys.enter, /no poweroff from here: no Pi wears these lights/],
  ] as const) {
    screen.type(key);
    await screen.sees(wanted);
  }
  screen.type('q');
  expect(await screen.exit).toBe(0);
  expect(existsSync(join(bin, 'called'))).toBe(false);
});
