import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Task } from './run-tasks.ts';

/**
 * Tells systemd how the service is (sd_notify(3): `READY=1`, `STATUS=…`, `STOPPING=1`), through `systemd-notify`, so
 * the unit needs `NotifyAccess=all`. Does nothing where $NOTIFY_SOCKET isn't set or the program is missing.
 */
export async function notify(state: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  if (!env['NOTIFY_SOCKET']) return;
  await new Promise<void>((resolve) => {
    execFile('systemd-notify', [state.replaceAll('\n', ' ')], { env, timeout: 10_000 }, () => resolve());
  });
}

/** Milliseconds between two signs of life: half of what the unit's WatchdogSec asks for; undefined where it asks for none. */
export function watchdogIntervalMs(env: NodeJS.ProcessEnv = process.env, pid = process.pid): number | undefined {
  const usec = Number(env['WATCHDOG_USEC']);
  const meant = env['WATCHDOG_PID'] === undefined || env['WATCHDOG_PID'] === String(pid);
  return env['NOTIFY_SOCKET'] && meant && Number.isFinite(usec) && usec > 0 ? usec / 2000 : undefined;
}

/** A task that shows systemd's watchdog that the event loop still turns; it ends at once where nobody watches. */
export const feedWatchdog =
  (env: NodeJS.ProcessEnv = process.env): Task =>
  async (signal) => {
    const intervalMs = watchdogIntervalMs(env);
    while (intervalMs !== undefined && !signal.aborted) {
      await notify('WATCHDOG=1', env);
      await sleep(intervalMs, undefined, { signal }).catch(() => undefined);
    }
  };
