import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Refusal } from '@piw/host/operator-error';
import { endProcess } from './end-process.ts';
import type { Roster } from './roster.ts';

/** One of the farm's programs: its bin below packages/, under what name, with what words. */
export interface ProgramOrder {
  readonly name: string;
  readonly bin: 'master/bin/piw-master.js' | 'slave/bin/piw-slave.js' | 'web/bin/piw-web.js';
  readonly args: readonly string[];
  /** What Node is told at its start. */
  readonly node?: readonly string[];
  /** Settings that no other user of the machine may read among the words of a process. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Hears what it prints on standard output, a line at a time. */
  readonly onLine?: (line: string) => void;
  /** How it comes back after it ended in good order; without, it stays away until the farm is started again. */
  readonly comeback?: Comeback;
}

/** What brings a program back that was told to go. */
export interface Comeback {
  /** For whoever reads what the farm says. */
  readonly command: string;
  /** Resolves when it is wanted; rejects when the signal says stop. */
  readonly wanted: (signal: AbortSignal) => Promise<void>;
}

/** What a farm gives all of its programs. */
export interface ProgramWorld {
  readonly roster: Roster;
  /** Folder of their logs, a file each. */
  readonly logs: string;
}

/** A program that runs. */
export type Exit = number | NodeJS.Signals;

export interface Program {
  readonly name: string;
  readonly logFile: string;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<Exit>;
  /** Asks it to end; after the patience its whole process group is killed. */
  stop(): Promise<void>;
}

const packages = new URL('../../../', import.meta.url);
const patienceMs = 6_000;

/** Starts a program in a process group of its own, so that a Ctrl-C reaches the farm alone, which then ends all in order. */
export async function startProgram(order: ProgramOrder, { roster, logs }: ProgramWorld): Promise<Program> {
  const logFile = join(logs, `${order.name}.log`);
  const log = await open(logFile, 'a', 0o600);
  const child = spawn(process.execPath, wordsOf(order), {
    detached: true,
    env: { ...process.env, ...order.secrets },
    stdio: ['ignore', order.onLine ? 'pipe' : log.fd, log.fd],
  });
  const exit = once(child, 'exit') as Promise<[number, null] | [null, NodeJS.Signals]>;
  if (order.onLine && child.stdout) createInterface({ input: child.stdout }).on('line', order.onLine);
  const { pid } = child;
  const identity = pid === undefined ? undefined : await roster.add(pid);
  await log.close();
  if (pid === undefined) throw new Error(`${order.name} could not be started`);
  const ended = exit.then(async ([code, signal]) => {
    await roster.remove(pid);
    return code ?? signal;
  });
  const stop = async (): Promise<void> => {
    if (identity) await endProcess(identity, patienceMs);
    await ended;
  };
  return { name: order.name, logFile, ended, stop };
}

const wordsOf = ({ node = [], bin, args }: ProgramOrder): string[] => [
  ...node,
  fileURLToPath(new URL(bin, packages)),
  ...args,
];

/** Waits for what shows that a program is up; where it ends instead, its last words are thrown as a Refusal. */
export async function untilUp<T>(program: Program, sign: Promise<T>): Promise<T> {
  const end = program.ended.then(async () => {
    throw await lastWords(program);
  });
  return Promise.race([sign, end]);
}

/** The last line of its log, as a program's mistakes are told: what is wrong, then what to do. */
async function lastWords({ name, logFile }: Program): Promise<Refusal> {
  const lines = (await readFile(logFile, 'utf8').catch(() => '')).trimEnd().split('\n');
  const last = lines.at(-1)!.replace(/^piw-\w+: /, ''); // it begins with the program's own name
  return new Refusal(`${name} could not start: ${last || 'it said nothing'}`, `Its log is ${logFile}.`);
}
