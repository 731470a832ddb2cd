import { execFile } from 'node:child_process';
import { expect, test } from 'vitest';

/** How a process ended that has a real thread receive files, once that listens. */
function run(script: string): Promise<{ code: unknown; signal: unknown; out: string; err: string }> {
  const whole = `
    const begin = async () => {
      const { openDeskLine } = await import('@piw/master/receive-files/desk-line');
      const { makeKeyPair } = await import('@piw/wire/keys/key-pair');
      const keys = { own: makeKeyPair(), holders: [] };
      const line = openDeskLine({ address: 'tcp://127.0.0.1:0', keys, sendAgainMs: 1000 });
      const stop = new AbortController();
      line.keep(stop.signal).catch((error) => console.log(error.message));
      line.hear(({ type }) => { if (type === 'open') { ${script} } });
    };
    void begin();`;
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ['-'], { cwd: import.meta.dirname }, (_, out, err) =>
      resolve({ code: child.exitCode, signal: child.signalCode, out, err }),
    );
    child.stdin?.end(whole);
  });
}

const thrice = (script: string) => Promise.all([run(script), run(script), run(script)]);
const as = (code: number, out = '') => Array.from({ length: 3 }, () => ({ code, signal: null, out, err: '' }));

test('a thread that receives files ends with its master, in good order', async () => {
  expect(await thrice(`stop.abort();`)).toEqual(as(0));
});

test('a bug in the thread that receives files is told, and does not abort the process', async () => {
  const told = 'The "path" argument must be of type string. Received type number (5)\n';
  expect(await thrice(`line.say({ type: 'fetch', id: 1, path: 5, file: {} });`)).toEqual(as(0, told));
});

test('a master that ends in haste ends with its own exit code, not with a signal for the socket of its thread', async () => {
  expect(await thrice(`process.exit(3);`)).toEqual(as(3));
});
