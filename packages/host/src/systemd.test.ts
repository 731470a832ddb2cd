import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { feedWatchdog, notify, watchdogIntervalMs } from './systemd.ts';

let dir: string;
let env: NodeJS.ProcessEnv;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'systemd-'));
  env = { PATH: `${dir}:/usr/bin:/bin`, NOTIFY_SOCKET: '/run/systemd/notify', HEARD: join(dir, 'heard') };
  writeFileSync(join(dir, 'systemd-notify'), '#!/bin/sh\necho "$@" >> "$HEARD"\n');
  chmodSync(join(dir, 'systemd-notify'), 0o755);
});
afterEach(() => rmSync(dir, { recursive: true }));

const heard = () => readFileSync(join(dir, 'heard'), 'utf8');

test('systemd hears the state in one line', async () => {
  await notify('STATUS=building\nREADY=1', env);
  expect(heard()).toBe('STATUS=building READY=1\n');
});

test('nothing is said where systemd does not listen', async () => {
  await notify('READY=1', { ...env, NOTIFY_SOCKET: '' });
  expect(heard).toThrow();
});

test('a machine without systemd-notify goes on without a word', async () => {
  await expect(notify('READY=1', { ...env, PATH: '/nowhere' })).resolves.toBeUndefined();
});

test('the watchdog is fed twice in the time it waits, if it watches this process', () => {
  const watched = { ...env, WATCHDOG_USEC: '120000000' };
  expect(watchdogIntervalMs(watched, 7)).toBe(60_000);
  expect(watchdogIntervalMs({ ...watched, WATCHDOG_PID: '7' }, 7)).toBe(60_000);
  expect(watchdogIntervalMs({ ...watched, WATCHDOG_PID: '8' }, 7)).toBeUndefined();
  expect(watchdogIntervalMs(env, 7)).toBeUndefined();
});

test('feeding ends when the program is to stop', async () => {
  const stop = new AbortController();
  const feeding = feedWatchdog({ ...env, WATCHDOG_USEC: '20000' })(stop.signal);
  await expect.poll(() => heard().split('\n').length).toBeGreaterThan(2);
  stop.abort();
  await feeding;
  expect(heard()).toMatch(/^(?:WATCHDOG=1\n)+$/);
});

test('a service without a watchdog has nothing to feed', async () => {
  await expect(feedWatchdog(env)(new AbortController().signal)).resolves.toBeUndefined();
});
