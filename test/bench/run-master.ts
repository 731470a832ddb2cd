import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { masterNode } from '@piw/host/master-node';
import { listenOn } from '../fixtures/listen-on.ts';
import { binOf, cleanEnv } from '../fixtures/run-program.ts';
import type { Ground } from './ground.ts';

/** A `piw-master` that runs. */
export interface RunningMaster {
  readonly pid: number;
  /** Where slaves are heard, over tcp. */
  readonly slaveQueue: string;
  readonly runDir: string;
  /** When its process was started and when it said that it is active, by `performance.now()`. */
  readonly startedMs: number;
  readonly activeMs: number;
  stop(): Promise<void>;
}

/** Starts a master on a database, in folders of its own, and waits until it is active. */
export async function runMaster(ground: Ground, dsn: string, name = 'master'): Promise<RunningMaster> {
  const runDir = join(ground.dir, name);
  await mkdir(runDir, { mode: 0o700 });
  const slaveQueue = `tcp://127.0.0.1:${await freePort()}`;
  const fileQueue = `tcp://127.0.0.1:${await freePort()}`;
  const nodeOptions = process.env['PIW_BENCH_NODE']?.split(' ') ?? [];
  const args = [
    ...['--dsn', dsn, '--output-path', join(runDir, 'www'), '--run-dir', runDir],
    ...['--slave-queue', slaveQueue, '--file-queue', fileQueue, '--allow-root', '--upstream', 'ignore'],
  ];
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...masterNode, ...nodeOptions, binOf('master', 'piw-master'), ...args], {
    env: cleanEnv(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exit = once(child, 'exit');
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await exit;
  };
  ground.later(stop);
  const activeMs = await new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (/ active, in epoch/.test(line)) resolve(performance.now());
      else if (/warn|error/i.test(line)) ground.say(line);
    });
    void exit.then(() => reject(new Error('the master ended before it was active')));
  });
  return { pid: child.pid!, slaveQueue, runDir, startedMs, activeMs, stop };
}

/** One that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listenOn(server);
  server.close();
  await once(server, 'close');
  return port;
}
