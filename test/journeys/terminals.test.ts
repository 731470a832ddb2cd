import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { clearAway, runningOn, temporaryFolder } from '../fixtures/farm.ts';
import { binOf, cleanEnv, wordsOf } from '../fixtures/run-program.ts';
import { asFound, keys, type Leavings, TerminalProgram } from '../fixtures/terminal.ts';

/** A program that fills a terminal, though it has no master to show. */
interface Filling {
  readonly called: readonly [room: string, name: string];
  readonly args: readonly string[];
  /** What is seen of it, and what is seen last. */
  readonly shown: RegExp;
  readonly foot: RegExp;
  /** A key that it hears, and what is seen then. */
  readonly hears: readonly [key: string, seen: RegExp];
  /** A terminal whose screen is its own. */
  readonly taken: Leavings;
}

const monitor: Filling = {
  ...{ called: ['monitor', 'piw-monitor'], args: [], shown: /\(try \d+\)/, foot: /quit/ },
  hears: ['?', /:journal +who ordered what/],
  taken: { screen: 'alternate', mouse: 'vt200', cursor: 'hidden', pastes: 'apart' },
};
const emulator: Filling = {
  ...{ called: ['sense', 'piw-sense'], args: ['--emulate'], shown: /^ master: There is no/, foot: /^ q: leave\./ },
  hears: ['kk', /^ last seen: /], // what was told goes with the first key
  taken: { screen: 'alternate', mouse: 'none', cursor: 'hidden', pastes: 'apart' },
};

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

const commandOf = ({ called: [room, name], args }: Filling): [string, ...string[]] =>
  wordsOf(room, name, [...args, '--run-dir', join(dir, 'run')], {});

/** Starts it from the shell; `crash` is a script that makes it fail at SIGUSR2. */
async function open(program: Filling, crash?: string): Promise<void> {
  const [node, ...words] = commandOf(program);
  const flags =
    crash === undefined ? [] : [`--import=data:text/javascript,${encodeURIComponent(crash).replaceAll("'", '%27')}`];
  const command = [node, ...flags, ...words].map((word) => `'${word}'`).join(' ');
  shell.type(`clear; echo mine; ${command}; echo ended $?\r`);
  await shell.sees(program.shown);
  expect(await shell.leavings()).toEqual(program.taken);
}

/** Starts it as the first program of its terminal, with no shell before it. */
async function openAlone(program: Filling): Promise<TerminalProgram> {
  const env = { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') };
  const alone = TerminalProgram.run(commandOf(program), { env });
  await alone.sees(program.shown);
  return alone;
}

/** Resolves when the last line of the screen is that of the program. */
const seesFoot = ({ foot }: Filling): Promise<true> =>
  shell.until(
    (lines) => (lines.slice(-2).some((line) => foot.test(line)) ? true : undefined),
    'hints in the last lines',
  );

/** As a terminal pastes that was asked to tell it apart. */
const pasted = (text: string): string => `\x1b[200~${text}\x1b[201~`;

async function signal(name: NodeJS.Signals): Promise<void> {
  const running = await runningOn(dir);
  const program = running.find(({ command }) =>
    [monitor, emulator].some(({ called }) => command.includes(binOf(...called))),
  );
  process.kill(program!.pid, name);
}

/** Expects that it ended so, and that the terminal is as it was. */
async function expectLeft(ended: RegExp): Promise<void> {
  await shell.sees(ended);
  expect(shell.lines.find((line) => line !== '')).toBe('mine');
  expect(await shell.leavings()).toEqual(asFound);
  expect(await settings()).toBe(usual);
}

describe.each([monitor, emulator])('$called.1', (program) => {
  test.each([
    ['q', 0],
    [keys.ctrlC, 0],
  ])('%j leaves the terminal as it was found', async (key, code) => {
    await open(program);
    shell.type(key);
    await expectLeft(new RegExp(`^ended ${code}$`));
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s leaves the terminal as it was found', async (name) => {
    await open(program);
    await signal(name);
    await expectLeft(/^ended 0$/);
    expect(shell.lines.join('\n')).not.toContain('Assertion');
  });

  test('Ctrl-Z gives the terminal back to the shell, and fg has the program again', async () => {
    await open(program);
    shell.type(keys.ctrlZ);
    await shell.sees(/^\[1\]\+ +Stopped/);
    expect(await shell.leavings()).toEqual(asFound);
    shell.resize(90, 20);
    shell.type('fg\r');
    await shell.sees(program.shown);
    await seesFoot(program);
    shell.type('q');
    await shell.sees(/^\$ $/);
    expect(await shell.leavings()).toEqual(asFound);
    expect(await settings()).toBe(usual);
  });

  test.each(['SIGTSTP', 'SIGSTOP'] as const)(
    'stopped by %s from outside it leaves the terminal to the shell, and has it again',
    async (name) => {
      await open(program);
      await signal(name);
      await shell.sees(/^\[1\]\+ +Stopped/);
      if (name === 'SIGTSTP') expect(await shell.leavings()).toEqual(asFound);
      shell.type('fg\r');
      await seesFoot(program);
      expect(await shell.leavings()).toEqual(program.taken);
      shell.type('q');
      await shell.sees(/^\$ $/);
      expect(await shell.leavings()).toEqual(asFound);
      expect(await settings()).toBe(usual);
    },
  );

  test('where no shell could continue it, Ctrl-Z and SIGTSTP say so, and it goes on', async () => {
    const alone = await openAlone(program);
    alone.type(keys.ctrlZ);
    await alone.sees(/It cannot be suspended here/);
    expect(await alone.leavings()).toEqual(program.taken);
    const [key, seen] = program.hears;
    alone.type(key);
    await alone.sees(seen);
    await signal('SIGTSTP');
    alone.type('q');
    expect(await alone.exit).toBe(0);
  });

  test.each(['q', 'SIGTERM'] as const)(
    '%s ends it within two seconds where the terminal takes nothing more',
    async (how) => {
      const alone = await openAlone(program);
      await alone.hang();
      const from = performance.now();
      if (how === 'q') alone.type('q');
      else await signal(how);
      await expect.poll(() => runningOn(dir), { timeout: 10_000, interval: 50 }).toEqual([]);
      expect(performance.now() - from).toBeLessThan(2500);
      alone.hangUp();
    },
  );

  test('an error that nobody catches is told on the screen of the user, who has it back', async () => {
    await open(program, `process.on('SIGUSR2', () => { throw new Error('it crashed') })`);
    await signal('SIGUSR2');
    await shell.sees(new RegExp(`^${program.called[1]}: Error: it crashed\\. This is a fault of the program`));
    await expectLeft(/^ended 1$/);
  });

  test('a terminal that is closed ends the program, and no core is left', async () => {
    const alone = await openAlone(program);
    alone.hangUp();
    expect(await alone.exit).toBe(0);
    expect(await runningOn(dir)).toEqual([]);
  });
});

test('what is pasted goes into a line that is typed, and is no keys elsewhere', async () => {
  await open(monitor);
  shell.type(pasted('q\r2\x03'));
  await shell.sees(/What was pasted is ignored/);
  shell.type(`/${pasted('ro\nck\t-1\r')}`);
  await shell.sees(/^ \/ro ck -1/);
  shell.type(`${keys.esc}q`);
  await expectLeft(/^ended 0$/);
});

test('what is pasted is nothing to the emulator', async () => {
  await open(emulator);
  shell.type(`${pasted('lq\x03')}k`);
  await shell.sees(/^ last seen: /);
  shell.type('q');
  await expectLeft(/^ended 0$/);
});

test('a click that comes in pieces is a click, and an unknown sequence nothing', async () => {
  await open(monitor);
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

test('a picture that can’t be drawn ends the monitor, which says so', async () => {
  await open(
    monitor,
    `process.on('SIGUSR2', () => { Date.prototype.toISOString = () => { throw new Error('no time') } })`,
  );
  await signal('SIGUSR2');
  await shell.sees(/^piw-monitor: Error: no time\. This is a fault of the program/);
  await expectLeft(/^ended 1$/);
});
