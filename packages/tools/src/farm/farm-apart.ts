import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { endProcess } from './end-process.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** A farm that runs whatever becomes of this terminal. */
export interface FarmApart {
  /** Asks it to stop; after the patience (milliseconds) it is ended. Resolves when it is gone. */
  stop(patienceMs: number): Promise<void>;
  isRunning(): Promise<boolean>;
}

/** One that runs already; null where it has ended meanwhile. */
export async function farmOf(pid: number): Promise<FarmApart | null> {
  const identity = await identify(pid);
  return identity === undefined ? null : apart(identity);
}

const farmBin = fileURLToPath(new URL('../../bin/piw-farm.js', import.meta.url));
const everyMs = 50;

/**
 * Starts this same farm in a session of its own, with what it says in a file, and tells that here until pip may use it. Resolves to its
 * exit code where it ends before, and where the signal says so.
 */
export async function startApart(
  logs: string,
  tell: (text: string) => void,
  signal: AbortSignal,
): Promise<FarmApart | number> {
  const path = join(logs, 'farm.log');
  const [written, read] = [await open(path, 'a', 0o600), await open(path, 'r')];
  const from = (await read.stat()).size;
  const words = [farmBin, ...process.argv.slice(2), '--no-monitor'];
  const child = spawn(process.execPath, words, { detached: true, stdio: ['ignore', written.fd, written.fd] });
  const exit = (once(child, 'exit') as Promise<[number | null]>).then(([code]) => code ?? 1);
  const identity = child.pid === undefined ? undefined : await identify(child.pid);
  await written.close();
  try {
    const code = await tellUntilUp(new Tail(read, from), tell, AbortSignal.any([signal, abortedBy(exit)]));
    if (code === 'up' && identity) {
      child.unref();
      return apart(identity);
    }
    if (signal.aborted) child.kill('SIGTERM');
    return await exit;
  } finally {
    await read.close();
  }
}

const apart = (identity: ProcessIdentity): FarmApart => ({
  stop: (patienceMs) => endProcess(identity, patienceMs),
  isRunning: () => isAlive(identity),
});

function abortedBy(end: Promise<unknown>): AbortSignal {
  const ended = new AbortController();
  void end.then(() => ended.abort());
  return ended.signal;
}

/** Its last words are told too. */
async function tellUntilUp(tail: Tail, tell: (text: string) => void, ended: AbortSignal): Promise<'up' | 'ended'> {
  for (;;) {
    const over = ended.aborted;
    const text = await tail.more();
    if (text !== '') tell(text);
    if (/^site /m.test(tail.all)) return 'up';
    if (over) return 'ended';
    await delay(everyMs, undefined, { signal: ended }).catch(() => undefined);
  }
}

/** A file that grows, from a place on. */
class Tail {
  all = '';
  readonly #file: FileHandle;
  #at: number;

  constructor(file: FileHandle, from: number) {
    this.#file = file;
    this.#at = from;
  }

  async more(): Promise<string> {
    const { size } = await this.#file.stat();
    const { bytesRead, buffer } = await this.#file.read(Buffer.alloc(size - this.#at), 0, size - this.#at, this.#at);
    this.#at += bytesRead;
    const text = buffer.toString('utf8', 0, bytesRead);
    this.all += text;
    return text;
  }
}
