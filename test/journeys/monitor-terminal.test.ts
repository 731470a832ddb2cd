import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { clearAway, runningOn, temporaryFolder } from '../fixtures/farm.ts';
import { binOf, cleanEnv, wordsOf } from '../fixtures/run-program.ts';
import { asFound, keys, TerminalProgram } from '../fixtures/terminal.ts';

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
  await shell.sees(/\(try 1\)/);
  expect(await shell.leavings()).toEqual({ screen: 'alternate', mouse: 'vt200', cursor: 'hidden' });
}

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
  await shell.seesNo(/quit/);
  expect(await shell.leavings()).toEqual(asFound);
  expect(await settings()).toBe(usual);
});

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
  const words = wordsOf('monitor', 'piw-monitor', ['--run-dir', join(dir, 'run')], {});
  const monitor = TerminalProgram.run(words, { env: { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') } });
  await monitor.sees(/\(try 1\)/);
  monitor.hangUp();
  expect(await monitor.exit).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});
