import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { isRunning, tryScript, workingSandboxes } from './trial-run.ts';

const sandboxes = (await workingSandboxes()).map((sandbox) => ({ title: sandbox.name, sandbox }));
const built = new URL('../../dist/sandbox/trial-run.js', import.meta.url).href;
const unique = () => `3${process.pid}${String(performance.now()).replace('.', '')}`.slice(0, 12);

/** Begins a run every millisecond, of which the first has long begun when the last is begun, and is killed in the midst of them. */
const killedAmongRuns = `
import { tryScript, workingSandboxes } from '${built}';
const [name, word] = process.argv.slice(1);
const sandbox = (await workingSandboxes()).find((one) => one.name === name);
for (let n = 0; n < 25; n++) setTimeout(() => void tryScript(sandbox, '', { command: ['sleep', word] }), n);
setTimeout(() => process.kill(process.pid, 'SIGKILL'), 60);`;

describe.each(sandboxes)('$title', ({ title, sandbox }) => {
  test('whatever a slave has just started dies with it when it is killed', async () => {
    const word = unique();
    const slave = spawn(process.execPath, ['--input-type=module', '-e', killedAmongRuns, title, word], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    expect(await once(slave, 'exit')).toEqual([null, 'SIGKILL']);
    await vi.waitFor(() => expect(isRunning(word)).toBe(false), { timeout: 10_000 });
  });

  test('a run that is cancelled, at whatever moment, leaves nothing behind', async () => {
    const word = unique();
    for (let ms = 0; ms < 40; ms++) {
      const signal = AbortSignal.timeout(ms);
      expect((await tryScript(sandbox, '', { command: ['sleep', word], signal })).ended).toEqual({ end: 'cancelled' });
      expect(isRunning(word)).toBe(false);
    }
  });
});
