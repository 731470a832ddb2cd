import { setImmediate as immediate } from 'node:timers/promises';
import { describe, expect, test, vi } from 'vitest';
import { findProgram } from '../toolchains/find-program.ts';
import { noSandbox } from './no-sandbox.ts';
import { isMentioned, isRunning, tryScript, workingSandboxes } from './trial-run.ts';

vi.setConfig({ testTimeout: 60_000 }); // real processes, on machines that have others too

const chosen = (await workingSandboxes()).map((sandbox) => ({ title: sandbox.name, sandbox }));
const bare = noSandbox(findProgram('prlimit', process.env['PATH'] ?? ''), null);
const unique = () => `3${String(process.pid)}${String(performance.now()).replace('.', '')}`.slice(0, 12);

describe.each([...chosen, { title: 'none, not even a process namespace', sandbox: bare }])('$title', ({ sandbox }) => {
  test('cancelling stops a command at once, even one that ignores being asked', async () => {
    const word = unique();
    const cancel = new AbortController();
    const onOutput = () => cancel.abort();
    const script = `trap '' TERM INT HUP; echo started; setsid sleep ${word} & while :; do sleep ${word}; done`;
    const { ended } = await tryScript(sandbox, script, { onOutput, signal: cancel.signal });
    expect(ended).toEqual({ end: 'cancelled' });
    expect(isRunning(word)).toBe(false);
  });

  test('cancelling while a command is being started stops it, whatever has been started of it', async () => {
    for (let turns = 0; turns < 48; turns += 1) {
      const [word, cancel] = [unique(), new AbortController()];
      const script = `setsid sleep ${word} & sleep ${word}`;
      const run = tryScript(sandbox, script, { signal: cancel.signal, limits: { timeoutMs: 10_000 } });
      for (let turn = 0; turn < turns * turns; turn += 1) await immediate();
      cancel.abort();
      expect((await run).ended).toEqual({ end: 'cancelled' });
      expect(isMentioned(word)).toBe(false);
    }
  });

  test('a run that was cancelled before it began starts nothing', async () => {
    const { ended, output } = await tryScript(sandbox, 'echo started', { signal: AbortSignal.abort() });
    expect(ended).toEqual({ end: 'cancelled' });
    expect(output).toBe('');
  });
});
