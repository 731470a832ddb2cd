import { expect, test } from 'vitest';
import { logIn } from './log-in.ts';

/** Logs in with these words; tells what came of it, and what became of the screen. */
async function loggedIn(words: string, { host = 'rock-1', signal = new AbortController().signal } = {}) {
  const did: string[] = [];
  const screen = { leave: () => void did.push('leave'), enter: () => void did.push('enter') };
  const told = await logIn(host, words, screen, signal).catch((error: unknown) => error as Error);
  return { told, did };
}

test('a login that ends well is told of with no word', async () => {
  expect(await loggedIn('test {host} = rock-1')).toEqual({ told: null, did: ['leave', 'enter'] });
});

test('a login that fails is told of with its exit code, or the signal that ended it', async () => {
  const { told, did } = await loggedIn('test {host} = rock-2');
  expect(told).toBe('test rock-1 = rock-2 ended with exit code 1');
  expect(did).toEqual(['leave', 'enter']);
  const killing = 'process.kill(process.pid,"SIGTERM");setTimeout(String,9000)';
  expect((await loggedIn(`node -e ${killing}`)).told).toMatch(/ended with SIGTERM$/);
});

test('what can’t be run is an error, and the screen comes back', async () => {
  const { told, did } = await loggedIn('/nonexistent/ssh {host}');
  expect(told).toMatchObject({ code: 'ENOENT' });
  expect(did).toEqual(['leave', 'enter']);
});

test('what a slave calls its host is never an option of the program, nor two words', async () => {
  for (const host of ['-oProxyCommand=x', 'a b', '', '$(x)']) {
    const { told, did } = await loggedIn('echo {host}', { host });
    expect(told).toMatchObject({ message: `"${host}" is no name of a host.` });
    expect(did).toEqual([]);
  }
});

test('a monitor that is ended ends the login, and does not take the terminal again', async () => {
  const ending = new AbortController();
  const login = loggedIn('sleep 60', { signal: ending.signal });
  ending.abort();
  expect((await login).did).toEqual(['leave']);
});
