import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearAway, runningOn, temporaryFolder } from '../fixtures/farm.ts';
import { cleanEnv } from '../fixtures/run-program.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

let dir: string;
beforeEach(async () => {
  dir = await temporaryFolder();
});
afterEach(() => clearAway(dir));

/** Types `npm start` in a terminal's process group, and waits until pip may use the farm. */
async function npmStart() {
  const words = ['start', '--', '--dir', dir, '--http-port', '0', '--slaves', '0'];
  const npm = spawn('npm', words, { cwd: root, env: cleanEnv(), detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  const exit = once(npm, 'exit') as Promise<[number | null]>;
  const said: string[] = [];
  await new Promise<void>((resolve) => {
    createInterface({ input: npm.stdout })
      .on('line', (line) => {
        said.push(line);
        if (line.startsWith('site ')) resolve();
      })
      .once('close', resolve);
  });
  return { pid: npm.pid!, exit: exit.then(([code]) => code), said };
}

test('whoever ends npm start by its process id ends the whole farm', async () => {
  const npm = await npmStart();
  process.kill(npm.pid, 'SIGTERM');
  expect(await npm.exit).toBe(0);
  expect(npm.said.at(-1)).toBe('stopping');
  expect(await runningOn(dir)).toEqual([]);
});

test('Ctrl-C on npm start, which the farm hears twice, stops it in good order', async () => {
  const npm = await npmStart();
  process.kill(-npm.pid, 'SIGINT');
  expect(await npm.exit).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});
