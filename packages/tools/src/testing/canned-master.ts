import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CapturedSurroundings, capturedRun } from '@piw/host/captured-run';
import type { Program } from '@piw/host/command';
import { type ControlType, control, type Reply } from '@piw/wire/control-protocol';
import { type Answerers, openControl } from '@piw/wire/control-server';
import { onTestFinished } from 'vitest';

/** What a master would answer, or an error by which it refuses. */
export type Canned = { readonly [K in ControlType]?: Reply<K> | Error };

/** A question as the master understood it. */
export interface Asked {
  readonly question: ControlType;
  readonly ask: unknown;
  readonly from: string;
}

/** A real control queue in a run directory of its own, whose answers are fixed. */
export interface CannedMaster {
  readonly runDir: string;
  readonly asked: readonly Asked[];
  /** Runs a program on it, given its words. */
  run(program: Program, ...words: string[]): ReturnType<typeof capturedRun>;
  runIn(surroundings: CapturedSurroundings, program: Program, ...words: string[]): ReturnType<typeof capturedRun>;
}

/** Opens it until the test is over; questions without an answer are bugs, as the client sees. */
export async function openCannedMaster(canned: Canned): Promise<CannedMaster> {
  const runDir = await temporaryDir();
  const asked: Asked[] = [];
  const answer = (question: ControlType) => (ask: unknown, from: string) => {
    asked.push({ question, ask, from });
    const reply = canned[question] ?? new Error('not in this test');
    return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
  };
  const answerers = Object.fromEntries(Object.keys(control).map((name) => [name, answer(name as ControlType)]));
  const server = await openControl({
    address: `ipc://${runDir}/piw-control`,
    answerers: answerers as unknown as Answerers, // the keys and answers are Canned's
    onBug: () => undefined,
  });
  const stop = new AbortController();
  const running = server.run(stop.signal);
  onTestFinished(async () => {
    stop.abort();
    server.close(); // no answer is under way any more
    await running;
  });
  const runIn: CannedMaster['runIn'] = ({ env, ...surroundings }, program, ...words) =>
    capturedRun(program, words, { ...surroundings, env: { PIW_RUN_DIR: runDir, ...env } });
  return { runDir, asked, runIn, run: (program, ...words) => runIn({}, program, ...words) };
}

/** A folder that is gone when the test is over. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-tools-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** An error as the master has them for people. */
export const refusal = (message: string, remedy: string): Error => Object.assign(new Error(message), { remedy });
