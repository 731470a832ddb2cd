import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearAway, runningOn, temporaryFolder } from '../fixtures/farm.ts';
import { cleanEnv, runOurs } from '../fixtures/run-program.ts';
import { asFound, keys, TerminalProgram } from '../fixtures/terminal.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let dir: string;
let shell: TerminalProgram;

beforeEach(async () => {
  dir = await temporaryFolder();
  shell = TerminalProgram.shell({ env: { ...cleanEnv(), XDG_STATE_HOME: join(dir, 'state') } });
  await shell.sees(/^\$ $/);
  shell.type(`cd '${root}'\r`);
});
afterEach(async () => {
  shell.kill('SIGKILL');
  await shell.exit;
  expect(await clearAway(dir)).toEqual([]);
});

/** Types `npm start`, and waits until the monitor shows the farm. */
async function npmStart(): Promise<void> {
  shell.type(`clear; npm start -- --dir '${dir}' --http-port 0 --slaves 0; echo ended $?\r`);
  await shell.sees(/● heard .* ago/);
  await shell.sees(/◆ +master/);
}

const question = /Shall it go on in the background\? \[y\/N\]/;

const masters = async (): Promise<number[]> =>
  (await runningOn(dir)).filter(({ command }) => command.includes('piw-master')).map(({ pid }) => pid);

const typeNo = (): Promise<void> => {
  shell.type('n\r');
  return Promise.resolve();
};

/** The process that asks. */
const asker = async () => (await runningOn(dir)).find(({ command }) => /\bstart\.mjs /.test(command));

test.each([
  ['says no', typeNo],
  ['ends it there', async () => void process.kill((await asker())!.pid, 'SIGTERM')],
])(
  'npm start opens the monitor; who leaves that and, asked whether the farm goes on, %s has all of it stopped',
  async (_, answer) => {
    await npmStart();
    shell.type('q');
    await shell.sees(question);
    expect(await shell.leavings()).toEqual(asFound);
    expect(await masters()).toHaveLength(1);
    await answer();
    await shell.sees(/stopping$/);
    await shell.sees(/^ended 0$/);
    expect(await runningOn(dir)).toEqual([]);
  },
);

test('a farm that goes on in the background is shown again, outlives its terminal, and is ended by piw-control stop', async () => {
  await npmStart();
  shell.type(keys.ctrlC);
  await shell.sees(question);
  shell.type('y\r');
  await shell.sees(/^It goes on\. "npm start -- --dir \/\S+" shows it again/);
  await shell.sees(/^ended 0$/);
  const before = await masters();
  await npmStart();
  shell.type('q');
  await shell.sees(question);
  shell.hangUp();
  await shell.exit;
  await expect.poll(asker, { timeout: 10_000 }).toBeUndefined();
  expect(await masters()).toEqual(before);
  const stopped = await runOurs('tools', 'piw-control', ['stop', '--run-dir', join(dir, 'run')]);
  expect(stopped).toMatchObject({ code: 0 });
  await expect.poll(() => runningOn(dir), { timeout: 20_000 }).toEqual([]);
});
