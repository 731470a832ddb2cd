import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MarkedOutput } from './marked-output.ts';
import { PipError } from './pip-error.ts';

/** Sources and `dist` are equally deep. */
const script = fileURLToPath(new URL('../../python/pip_server.py', import.meta.url));
const failure = z.object({ error: z.string(), text: z.string() });

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** A pip that runs, and answers one request at a time. */
export class PipProcess {
  /** Settles when it has ended. */
  readonly ended: Promise<void>;
  readonly #child: Child;
  readonly #output: MarkedOutput;
  readonly #answers: AsyncIterator<string, unknown>;
  #asked = 0;
  #isKilled = false;

  constructor(python: string) {
    this.#child = spawn(python, ['-I', '-B', script], {
      stdio: ['pipe', 'pipe', 'pipe'],
      detached: true, // a group of its own, so that its forks die with it
      env: pipEnvironment(process.env),
    });
    this.#child.stdin.on('error', () => undefined); // a dead one is noticed by the answer that is missing
    this.#output = new MarkedOutput(this.#child.stderr);
    this.#answers = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.ended = endOf(this.#child);
  }

  /** Whether it runs, and has nothing to do. */
  get isIdle(): boolean {
    return isRunning(this.#child) && !this.#isKilled && this.#asked === 0;
  }

  /** From now on this one hears what pip says. */
  listen(hear: (bytes: Buffer) => void): void {
    this.#output.listen(hear);
  }

  /** The answer to a request, which comes when all that pip said about it has been heard. */
  async ask<T>(op: string, body: object, shape: z.ZodType<T>): Promise<T> {
    this.#asked += 1;
    const mark = randomUUID();
    const heard = this.#output.until(mark);
    this.#child.stdin.write(`${JSON.stringify({ op, mark, ...body })}\n`);
    const [answer] = await Promise.all([this.#answers.next(), heard]);
    if (answer.done === true) throw new PipError({ error: 'Ended', text: 'pip ended without an answer' });
    this.#asked -= 1;
    const value: unknown = JSON.parse(answer.value);
    const failed = failure.safeParse(value);
    if (failed.success) throw new PipError(failed.data);
    return shape.parse(value);
  }

  /** Kills it with all that it has started. */
  kill(): void {
    if (!isRunning(this.#child)) return;
    this.#isKilled = true;
    try {
      process.kill(-this.#child.pid!, 'SIGKILL');
    } catch {
      // it ended meanwhile
    }
  }

  /** Lets it finish what it does, and go. */
  end(): Promise<void> {
    this.#child.stdin.end();
    return this.ended;
  }
}

const isRunning = ({ pid, exitCode, signalCode }: Child): boolean =>
  pid !== undefined && exitCode === null && signalCode === null;

const endOf = (child: Child): Promise<void> =>
  new Promise((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });

/** pip's own variables hold, but for those that would send what it installs elsewhere or ask for sdists. */
function pipEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const misleading =
    /^PIP_(TARGET|PREFIX|ROOT|USER|REQUIRE_VIRTUALENV|NO_BINARY|ONLY_BINARY|DRY_RUN|REPORT|PYTHON|REQUIRE_HASHES)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.test(name)));
}
