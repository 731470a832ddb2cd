import { access, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fromControl, toControl } from '@piw/wire/control-protocol';
import { dial } from '@piw/wire/dialler';
import { afterAll, afterEach, beforeAll, expect, onTestFinished, test } from 'vitest';
import { BlamedFarm } from '../fixtures/crash/blamed-farm.ts';
import { until } from '../fixtures/crash/crash-farm.ts';
import { Monitors } from '../fixtures/monitor.ts';
import { mayMount } from '../fixtures/namespaces.ts';
import { type SmallDisk, type SmallDisks, smallDisks } from '../fixtures/small-disk.ts';
import { keys, type TerminalProgram } from '../fixtures/terminal.ts';

const mebibyte = 2 ** 20;

let farm: BlamedFarm;
let disks: SmallDisks<string> | undefined;
let disk: SmallDisk | undefined;
const monitors = new Monitors(() => farm.runDir);

beforeAll(async () => {
  farm = await BlamedFarm.open(async (output) => {
    if (!mayMount()) return {};
    disks = await smallDisks({ [output]: 64 * mebibyte });
    disk = disks.disks[output];
    return disks.around;
  });
  await writeFile(join(farm.runDir, 'log-in'), session);
});
afterEach(() => monitors.close());
afterAll(async () => {
  expect(await farm.close()).toEqual([]);
  await disks?.close();
});

/** What logs in, for the monitor: a session that lasts until somebody removes the file that tells of it. */
const session = `
here="$(dirname "$0")/logged-in"
touch "$here"
while [ -e "$here" ]; do sleep 0.05; done`;

const open = (): Promise<TerminalProgram> =>
  monitors.openIn({ columns: 190 }, '--ssh', `sh ${join(farm.runDir, 'log-in')} {host}`);

/** Presses a key that the screen speaks of, as in `u lift`; no other. */
async function press(screen: TerminalProgram, hint: string): Promise<void> {
  await screen.sees(new RegExp(`(?:^| )${hint.replace('!', '\\!')}(?: |$)`));
  const [key = ''] = hint.split(' ');
  screen.type(key === 'enter' ? keys.enter : key);
}

/** Mends something on a host that the screen offers to log in to. */
async function logIn(screen: TerminalProgram, mend: () => unknown): Promise<void> {
  await press(screen, 'S log in');
  const here = join(farm.runDir, 'logged-in');
  await until(() => access(here));
  await mend();
  await rm(here);
}

/** Time passes until all of these packages are built. */
const built = (prefix: string, count: number) =>
  until(async () => {
    await farm.letMinutesPass();
    const done = (await farm.attempts(prefix)).filter(({ outcome }) => outcome === 'success');
    expect(done).toHaveLength(count);
  });

test.skipIf(!mayMount())('the master’s disk is full', async () => {
  onTestFinished(() => disk!.makeRoom());
  const screen = await open();
  await disk!.fill(mebibyte / 2);
  await screen.sees(/▲ No work is given out\. The disk of the output folder has less than 1 MiB left/);
  await farm.want(['roomy']);
  await press(screen, '! goes there');
  await screen.sees(/^> ◆ +master .*paused by the master/);
  await screen.sees(/Make room on /);
  await logIn(screen, () => disk!.makeRoom());
  await screen.sees(/^> ◆ +master .*dispatching/);
  await screen.seesNo(/goes there/);
  await built('roomy', 1);
  expect(screen.lines[0]).toContain('heard');
});

test('a slave is silent', async () => {
  onTestFinished(() => farm.slaves[0]!.signal('SIGCONT'));
  const screen = await open();
  farm.slaves[0]!.signal('SIGSTOP');
  await screen.sees(/▲ Nothing is heard of rock-1 any more\. Look at /);
  await press(screen, '! goes there');
  await screen.sees(/✕ rock-1/);
  await logIn(screen, () => farm.slaves[0]!.signal('SIGCONT'));
  await screen.sees(/○ rock-1/);
  await screen.seesNo(/goes there/);
  await screen.seesNo(/is lost/);
  expect(await farm.attention('slave-lost')).toEqual([]);
});

test('an index is dead', async () => {
  const screen = await open();
  await farm.order('pause', '--all');
  await farm.want(['dark0', 'dark1', 'dark2', 'dark3']);
  await Promise.all([farm.index.die(), farm.ownIndex.die()]);
  await farm.order('resume', '--all');
  await screen.sees(/▲ No slave can build, and none is to blame: .*Connection refused/);
  await press(screen, '! goes there');
  await screen.sees(/^> ◆ +master .*one build a minute/);
  await screen.sees(/Mend that; one build at a time is tried until it is over/);
  await logIn(screen, () => Promise.all([farm.index.comeBack(), farm.ownIndex.comeBack()]));
  await built('dark', 4);
  await screen.sees(/^> ◆ +master .*dispatching/);
  await screen.seesNo(/goes there/);
});

test('a slave fails everything', async () => {
  const screen = await open();
  await farm.order('pause', '--all');
  const names = Array.from({ length: 9 }, (_, nth) => `alone${nth}`);
  await farm.want(names);
  await farm.ownIndex.die();
  await farm.order('resume', '--all');
  const letTimePass = setInterval(() => void farm.letMinutesPass(), 300);
  onTestFinished(() => clearInterval(letTimePass));
  await screen.sees(/▲ rock-3 gets no work for a while/);
  await press(screen, '! goes there');
  await screen.sees(/▲ rock-3/);
  await screen.sees(/Connection refused/);
  await logIn(screen, () => farm.ownIndex.comeBack());
  await press(screen, 'u lift');
  await screen.sees(/[○●◐◇] rock-3/);
  await screen.seesNo(/goes there/);
  await built('alone', 9);
  expect(screen.lines.join('\n')).not.toContain('u lift');
});

test('packages fail everywhere', async () => {
  const screen = await open();
  await farm.want(['needy0', 'needy1'], { requires: ['helper'] });
  await press(screen, '4 tells why');
  await screen.sees(/missing-requirement +helper +2 +2 .*Have helper built/);
  await press(screen, 'enter open');
  await screen.sees(/missing-requirement helper +The build needs helper/);
  await logIn(screen, () => farm.publish('helper'));
  await press(screen, '4 Failures');
  await press(screen, 't try one');
  await press(screen, 'enter does it');
  await built('needy', 1);
  await screen.sees(/missing-requirement +helper +1 +1 /);
  await press(screen, 'R retry all');
  await screen.sees(/Build all 1 again that failed for missing-requirement helper\?/);
  await press(screen, 'y yes');
  await built('needy', 2);
  expect(await screen.sees(/No build stands failed/)).not.toContain('helper');
});

test('what is ordered while the master stands still is told as not ordered, and is not carried out when it wakes', async () => {
  const screen = await open();
  const stale = dial({ address: farm.control.address, hears: fromControl, says: toControl });
  onTestFinished(() => stale.close());
  await screen.sees(/○ +rock-2/);
  screen.type('/rock-2\r');
  await screen.sees(/^> +○ +rock-2/);
  const untilMs = (await farm.control.when()) + 2000;
  onTestFinished(() => farm.master.signal('SIGCONT'));
  farm.master.signal('SIGSTOP');
  const body = { id: 1, question: 'PAUSE', ask: { slaves: ['rock-1'], why: null }, from: 'ann@desk', untilMs } as const;
  expect(await stale.say({ type: 'ASK', body })).toBe(true); // who gave it while the master fell silent
  screen.type('plunch\r');
  await screen.sees(/✕ .* is there but does not answer, and nothing was ordered/);
  await expect(farm.order('pause', 'rock-3')).rejects.toThrow('No master answers at');
  farm.master.signal('SIGCONT');
  await until(async () => {
    const { entries } = await farm.control.ask('JOURNAL', { limit: 1, before: null });
    expect(entries[0]?.text).toMatch(/^It came \d+ s too late, and was not carried out\.$/);
  });
  await screen.sees(/● heard \d+s ago/);
  expect((await farm.picture()).slaves.map(({ label, state }) => `${label} ${state}`).sort()).toEqual([
    'rock-1 idle',
    'rock-2 idle',
    'rock-3 idle',
  ]);
  screen.type('p\r');
  await screen.sees(/✓ pause rock-2/);
  screen.type('r');
  expect(await screen.sees(/✓ resume rock-2/)).toContain('rock-2');
});

test('a master that falls silent, dies and is started again leaves its last picture, and is found with the same row chosen', async () => {
  const screen = await open();
  await screen.sees(/○ +rock-2/);
  screen.type('jj');
  await screen.sees(/^> +○ +rock-2/);
  expect(screen.isDim(/ rock-1 /)).toBe(false);
  onTestFinished(() => farm.master.signal('SIGCONT'));
  farm.master.signal('SIGSTOP');
  await screen.sees(/✕ not heard for \d+s +\(try \d+\)/);
  await screen.until(() => screen.isDim(/ rock-1 /) || undefined, 'a dimmed picture');
  await screen.sees(/✕ not heard for \d+s +\(try (?:[2-9]|\d\d)\)/);
  await farm.master.end('SIGKILL');
  farm.master.again();
  await screen.sees(/● heard \d+s ago/);
  await screen.sees(/^> +○ +rock-2/);
  expect(screen.isDim(/ rock-1 /)).toBe(false);
});

test('a monitor that is started without a master waits for one', async () => {
  await farm.master.end('SIGTERM');
  const screen = await monitors.start({});
  await screen.sees(/\(try (?:[2-9]|\d\d)\)/);
  farm.master.again();
  await screen.sees(/● heard \d+s ago/);
  expect(await screen.sees(/ rock-1 /)).toContain('linux');
});
