import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Binaries, findBinaries } from './binaries.ts';
import { unprivileged } from './unprivileged.ts';

/** A PostgreSQL that belongs to one farm or one test run, on a unix socket only. */
export interface PrivateServer {
  readonly pid: number;
  readonly binaries: Binaries;
  /** Address of a database on it, for the superuser unless another role is named. */
  dsn(database: string, role?: string): string;
  /** Resolves when the server is gone, whoever ended it. */
  readonly gone: Promise<void>;
  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

export interface PrivateServerOptions {
  /** Where its data lie; made by initdb where there are none. */
  readonly dataDir: string;
  /** Where its socket lies; only the owner may enter. */
  readonly socketDir: string;
  readonly logFile: string;
  /** More `name=value` settings, `fsync=off` for tests. */
  readonly settings?: readonly string[];
}

/** No PostgreSQL, or none that can read these data; the remedy says what to install. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

const superuser = 'piw';

/**
 * Starts a server on its data, which it makes if there are none, and waits until it takes connections. A server
 * that a killed predecessor left on the same data is ended first. Throws NoServerError.
 */
export async function startPrivateServer(options: PrivateServerOptions): Promise<PrivateServer> {
  const { dataDir, socketDir, logFile, settings = [] } = options;
  const made = await madeBy(dataDir);
  const binaries = choose(await findBinaries(), made, dataDir);
  if (made === undefined) await initialise(binaries, dataDir);
  else await endLeftover(dataDir);
  const all = [
    'listen_addresses=',
    `unix_socket_directories=${socketDir}`,
    'unix_socket_permissions=0700',
    ...settings,
  ];
  const [command, ...args] = unprivileged(binaries.postgres, ['-D', dataDir, ...all.flatMap((one) => ['-c', one])]);
  const log = await open(logFile, 'a', 0o600);
  const child = spawn(command, args, { detached: true, stdio: ['ignore', log.fd, log.fd] });
  await log.close();
  await untilReady(child, dataDir, logFile);
  const gone = child.exitCode === null ? once(child, 'exit').then(() => undefined) : Promise.resolve();
  return {
    pid: child.pid!,
    binaries,
    dsn: (database, role = superuser) => `postgresql:///${database}?host=${encodeURIComponent(socketDir)}&user=${role}`,
    gone,
    stop: () => end(child.pid!, gone),
  };
}

function choose(found: readonly Binaries[], made: number | undefined, dataDir: string): Binaries {
  const fitting = found.find(({ major }) => made === undefined || major === made);
  if (fitting) return fitting;
  if (made === undefined)
    throw new NoServerError(
      'There is no PostgreSQL on this machine.',
      'Install it (apt install postgresql), or name one with --dsn.',
    );
  throw new NoServerError(
    `The database in ${dataDir} was made by PostgreSQL ${made}, which is not installed.`,
    `Install PostgreSQL ${made}, or start on another folder with --dir.`,
  );
}

/** The major version that made the data; undefined where there are none. */
async function madeBy(dataDir: string): Promise<number | undefined> {
  const text = await readFile(join(dataDir, 'PG_VERSION'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : Number(text.trim());
}

/** Made beside and renamed: data that initdb did not finish are never taken for a database. */
async function initialise(binaries: Binaries, dataDir: string): Promise<void> {
  const unfinished = `${dataDir}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const args = ['-D', unfinished, '-U', superuser, '-E', 'UTF8', '--locale=C', '--auth=trust'];
  const [command, ...rest] = unprivileged(binaries.initdb, args);
  await promisify(execFile)(command, rest).catch((error: unknown) => {
    const said = error instanceof Error && 'stderr' in error && String(error.stderr);
    throw new NoServerError(
      `The database could not be made in ${dataDir}: ${lastWords(said || String(error))}`,
      'Look at the room and the rights there, or give another folder with --dir.',
    );
  });
  await rename(unfinished, dataDir);
}

async function endLeftover(dataDir: string): Promise<void> {
  const pid = Number((await pidFile(dataDir))[0]);
  if (!Number.isInteger(pid) || !(await isPostgres(pid, dataDir))) return;
  await end(pid, untilGone(pid));
}

/** Only a process that was started on these very data: a number in a file may be anybody's by now. */
async function isPostgres(pid: number, dataDir: string): Promise<boolean> {
  const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return words.split('\0').includes(dataDir);
}

async function end(pid: number, gone: Promise<void>): Promise<void> {
  signal(pid, 'SIGINT');
  const patience = delay(7_000, 'late', { ref: false });
  if ((await Promise.race([gone, patience])) === 'late') signal(pid, 'SIGQUIT');
  await gone;
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

async function untilGone(pid: number): Promise<void> {
  while (signal(pid, 0)) await delay(20);
}

/** The last line of postmaster.pid turns to `ready` when connections are taken. */
async function untilReady(child: ChildProcess, dataDir: string, logFile: string): Promise<void> {
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) break;
    const lines = await pidFile(dataDir);
    if (Number(lines[0]) === child.pid && lines[7]?.startsWith('ready')) return;
    await delay(15);
  }
  const log = await readFile(logFile, 'utf8').catch(() => '');
  throw new NoServerError(`PostgreSQL did not start: ${lastWords(log)}`, `Its whole log is ${logFile}.`);
}

/** What a server, or initdb, gave as the reason of its end. */
function lastWords(log: string): string {
  const lines = log.trimEnd().split('\n');
  const fatal = lines.findLast((line) => /FATAL|PANIC|error: /.test(line)) ?? lines.at(-1) ?? '';
  return fatal.replace(/^.*(?:FATAL|PANIC|error): +/, '') || 'it said nothing';
}

async function pidFile(dataDir: string): Promise<string[]> {
  const text = await readFile(join(dataDir, 'postmaster.pid'), 'utf8').catch(() => '');
  return text.split('\n').map((line) => line.trim());
}
