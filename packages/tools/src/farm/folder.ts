import { once } from 'node:events';
import { access, constants, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { ipcAddress } from '@piw/host/ipc-address';
import { makeFolder } from '@piw/host/make-folder';
import { Refusal } from '@piw/host/operator-error';

/** Where everything of one farm lies, below its `--dir`. */
export interface FarmFolder {
  readonly dir: string;
  /** Sockets of the farm's programs, and what is known of those that run. */
  readonly run: string;
  /** What is published. */
  readonly output: string;
  readonly database: string;
  readonly logs: string;
  readonly slaves: string;
}

/** A folder that is this farm's alone. */
export interface TakenFolder extends FarmFolder {
  /** Lets the next farm have the folder. */
  release(): Promise<void>;
}

/** Makes the folder's parts where they are missing. Throws a Refusal where it can't be written. */
export async function makeFarmFolder(option: string): Promise<FarmFolder> {
  const dir = resolve(option);
  const part = (name: string): string => join(dir, name);
  const parts = { run: part('run'), output: part('output'), logs: part('logs'), slaves: part('slaves') };
  checkLength(dir, parts.run);
  for (const path of [dir, parts.output]) await makeWritable(path, 0o755); // any web server may serve the output
  for (const path of [parts.run, parts.logs, parts.slaves]) await makeWritable(path, 0o700);
  return { dir, ...parts, database: part('postgres') };
}

/** The same, and takes it for this farm alone. Throws a Refusal also where another farm runs on it. */
export async function openFarmFolder(option: string): Promise<TakenFolder> {
  const folder = await makeFarmFolder(option);
  const lock = await takeFor(folder.dir, lockIn(folder.run));
  return { ...folder, release: () => close(lock) };
}

const lockIn = (run: string): string => join(run, 'farm');

/** The process id of the farm that runs on a folder, by its part for sockets; null where none does. */
export async function whoFarms(run: string): Promise<number | null> {
  const connection = connect(lockIn(run));
  try {
    const pid = Number(await text(connection));
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/** Sockets lie in it, whose paths the system limits: refused before anything is made. */
function checkLength(dir: string, run: string): void {
  try {
    ipcAddress(run, 'piw-control');
  } catch (cause) {
    const text = `The path of the folder ${dir} is too long: ${(cause as Error).message}`;
    throw new Refusal(text, 'Give a shorter one with --dir.', { cause });
  }
}

async function makeWritable(path: string, mode: number): Promise<void> {
  try {
    await makeFolder(path, mode);
    await access(path, constants.W_OK);
  } catch (cause) {
    throw new Refusal(`The folder ${path} can't be written: ${(cause as Error).message}.`, 'Give another with --dir.', {
      cause,
    });
  }
}

/** Who listens on the socket owns the folder; a socket that nobody answers on was left by a farm that was killed. */
async function takeFor(dir: string, path: string): Promise<Server> {
  for (;;) {
    try {
      return await listen(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
    if ((await whoFarms(dirname(path))) !== null)
      throw new Refusal(`A farm runs on ${dir} already.`, 'Stop it first, or give another folder with --dir.');
    await rm(path, { force: true });
  }
}

async function listen(path: string): Promise<Server> {
  const lock = createServer((connection) => connection.end(String(process.pid)));
  lock.listen(path);
  await once(lock, 'listening'); // rejects with what went wrong instead
  return lock.unref();
}

async function close(lock: Server): Promise<void> {
  lock.close();
  if (lock.listening) await once(lock, 'close');
}
