import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearAway, runningOn, temporaryFolder } from '../fixtures/farm.ts';
import { binOf, cleanEnv, wordsOf } from '../fixtures/run-program.ts';
import { asFound, keys, type Leavings, TerminalProgram } from '../fixtures/terminal.ts';

let dir: string;
let shell: TerminalProgram;
let usual: string;

beforeAll(async () => {
  dir = await temporaryFolder();
});
beforeEach(async () => {
  const env = { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') };
  shell = TerminalProgram.shell({ columns: 100, rows: 24, env });
  await shell.sees(/^\$ $/);
  usual = await settings();
});
afterEach(async () => {
  shell.kill('SIGKILL');
  await shell.exit;
});
afterAll(async () => expect(await clearAway(dir)).toEqual([]));

/** A terminal whose screen is the monitor's. */
const taken: Leavings = { screen: 'alternate', mouse: 'vt200', cursor: 'hidden', pastes: 'apart' };

/** How the terminal treats what is typed, as `stty` tells it. */
async function settings(): Promise<string> {
  shell.type('clear; stty -g\r');
  return shell.sees(/^[\da-f]+(?::[\da-f]+)+$/);
}

/** Starts the monitor, which has no master to show, from the shell; `crash` is a script that makes it fail at SIGUSR2. */
async function openMonitor(crash?: string): Promise<void> {
  const [node, ...words] = wordsOf('monitor', 'piw-monitor', ['--run-dir', join(dir, 'run')], {});
  const flags =
    crash === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(crash).replaceAll("'", '%27')}`];
  const command = [node, ...flags, ...words].map((word) => `'${word}'`).join(' ');
  shell.type(`clear; echo mine; ${command}; echo ended $?\r`);
  await shell.sees(/\(try \d+\)/);
  expect(await shell.leavings()).toEqual(taken);
}

/** Opens it as the first program of its terminal, with no shell before it. */
async function openAlone(): Promise<TerminalProgram> {
  const words = wordsOf('monitor', 'piw-monitor', ['--run-dir', join(dir, 'run')], {});
  const monitor = TerminalProgram.run(words, { env: { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') } });
  await monitor.sees(/\(try \d+\)/);
  return monitor;
}

/** As a terminal pastes that was asked to tell it apart. */
const pasted = (text: string): string => `\x1b[200~${text}\x1b[201~`;

async function signal(name: NodeJS.Signals): Promise<void> {
  const running = await runningOn(dir);
  const monitor = running.find(({ command }) => command.includes(binOf('monitor', 'piw-monitor')));
  process.kill(monitor!.pid, name);
}

/** Expects that it ended so, and that the terminal is as it was. */
async function expectLeft(ended: RegExp): Promise<void> {
  await shell.sees(ended);
  expect(shell.lines.find((line) => line !== '')).toBe('mine');
  expect(await shell.leavings()).toEqual(asFound);
  expect(await settings()).toBe(usual);
}

test.each([
  ['q', 0],
  [keys.ctrlC, 0],
])('%j leaves the terminal as it was found', async (key, code) => {
  await openMonitor();
  shell.type(key);
  await expectLeft(new RegExp(`^ended ${code}$`));
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s leaves the terminal as it was found', async (name) => {
  await openMonitor();
  await signal(name);
  await expectLeft(/^ended 0$/);
  expect(shell.lines.join('\n')).not.toContain('Assertion');
});

test('Ctrl-Z gives the terminal back to the shell, and fg has the monitor again', async () => {
  await openMonitor();
  shell.type(keys.ctrlZ);
  await shell.sees(/^\[1\]\+ +Stopped/);
  expect(await shell.leavings()).toEqual(asFound);
  shell.resize(90, 20);
  shell.type('fg\r');
  await shell.sees(/\(try \d+\)/);
  await shell.until((lines) => (lines.at(-1)?.includes('quit') ? true : undefined), 'hints in the last line');
  shell.type('q');
  await shell.sees(/^\$ $/);
  expect(await shell.leavings()).toEqual(asFound);
  expect(await settings()).toBe(usual);
});

test.each(['SIGTSTP', 'SIGSTOP'] as const)(
  'stopped by %s from outside it leaves the terminal to the shell, and has it again',
  async (name) => {
    await openMonitor();
    await signal(name);
    await shell.sees(/^\[1\]\+ +Stopped/);
    if (name === 'SIGTSTP') expect(await shell.leavings()).toEqual(asFound);
    shell.type('fg\r');
    await shell.until((lines) => (lines.at(-1)?.includes('quit') ? true : undefined), 'hints in the last line');
    expect(await shell.leavings()).toEqual(taken);
    shell.type('q');
    await shell.sees(/^\$ $/);
    expect(await shell.leavings()).toEqual(asFound);
    expect(await settings()).toBe(usual);
  },
);

test('where no shell could continue it, Ctrl-Z and SIGTSTP say so, and it goes on', async () => {
  const monitor = await openAlone();
  monitor.type(keys.ctrlZ);
  await monitor.sees(/It cannot be suspended here/);
  expect(await monitor.leavings()).toEqual(taken);
  monitor.type('?');
  await monitor.sees(/:journal +who ordered what/);
  await signal('SIGTSTP');
  monitor.type('q');
  expect(await monitor.exit).toBe(0);
});

test('what is pasted goes into a line that is typed, and is no keys elsewhere', async () => {
  await openMonitor();
  shell.type(pasted('q\r2\x03'));
  await shell.sees(/What was pasted is ignored/);
  shell.type(`/${pasted('ro\nck\t-1\r')}`);
  await shell.sees(/^ \/ro ck -1/);
  shell.type(`${keys.esc}q`);
  await expectLeft(/^ended 0$/);
});

test('a click that comes in pieces is a click, and an unknown sequence nothing', async () => {
  await openMonitor();
  const [, tries] = /\(try (\d+)\)/.exec(await shell.sees(/\(try \d+\)/))!;
  const row = shell.lines.findIndex((line) => line.includes('2 Queue'));
  shell.type(`\x1b[99~\x1b[I\x1b[<0;${shell.lines[row]!.indexOf('2 Queue') + 2};`);
  await shell.until(
    (lines) => (lines.some((line) => line.includes(`(try ${Number(tries) + 2})`)) ? true : undefined),
    'more tries',
  );
  shell.type(`${row + 1}M`);
  await shell.sees(/TARGET +PACKAGE/);
  shell.type('q');
  await expectLeft(/^ended 0$/);
});

test.each(['q', 'SIGTERM'] as const)(
  '%s ends it within two seconds where the terminal takes nothing more',
  async (how) => {
    const monitor = await openAlone();
    monitor.hang();
    for (let nth = 0; nth < 100; nth += 1) monitor.type('?\x1b');
    const from = performance.now();
    if (how === 'q') monitor.type('q');
    else await signal(how);
    await expect.poll(() => runningOn(dir), { timeout: 10_000, interval: 50 }).toEqual([]);
    expect(performance.now() - from).toBeLessThan(2500);
    monitor.hangUp();
  },
);

test('an error that nobody catches is told on the screen of the user, who has it back', async () => {
  await openMonitor(`process.on('SIGUSR2', () => { throw new Error('it crashed') })`);
  await signal('SIGUSR2');
  await shell.sees(/^piw-monitor: Error: it crashed\. This is a fault of the program/);
  await expectLeft(/^ended 1$/);
});

test('a picture that can’t be drawn ends the monitor, which says so', async () => {
  await openMonitor(
    `process.on('SIGUSR2', () => { Date.prototype.toISOString = () => { throw new Error('no time') } })`,
  );
  await signal('SIGUSR2');
  await shell.sees(/^piw-monitor: Error: no time\. This is a fault of the program/);
  await expectLeft(/^ended 1$/);
});

test('a terminal that is closed ends the monitor, and no core is left', async () => {
  const monitor = await openAlone();
  monitor.hangUp();
  expect(await monitor.exit).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});
