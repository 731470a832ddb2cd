import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const decoded = (base64: string): string => Buffer.from(base64, 'base64').toString('utf8');

const settings = z.object({
  indexUrls: z.array(z.string()),
  findLinks: z.array(z.string()),
  cert: z.string().nullish(),
  proxy: z.string().nullish(),
  trustedHosts: z.array(z.string()),
});
const page = z.object({
  status: z.int(),
  url: z.string(),
  contentType: z.string(),
  etag: z.string().nullable(),
  lastModified: z.string().nullable(),
  retryAfter: z.string().nullable(),
  body: z.base64().transform(decoded),
});
const download = z.object({ status: z.int(), hashes: z.record(z.string(), z.string()).default({}) });
const installed = z.object({ code: z.int() });
const failure = z.object({ error: z.string(), text: z.string() });
const nothing = z.object({});

/** What pip is configured with, by its files, its variables and the arguments that it was given. */
export type PipSettings = z.output<typeof settings>;

/** A page as text. */
export type IndexPage = z.output<typeof page>;

/** What a server told of a page that it answered before: it answers 304, without a body, where that still holds (RFC 9110, 13.1). */
export type PageEdition = Pick<IndexPage, 'etag' | 'lastModified'>;

const unknown: PageEdition = { etag: null, lastModified: null };

/** pip could not do what it was asked: no connection, too many bytes, killed; `kind` is the Python exception's name. */
export class PipError extends Error {
  override readonly name = 'PipError';
  readonly kind: string;

  constructor({ error, text }: z.output<typeof failure>) {
    super(text);
    this.kind = error;
  }
}

/** Sources and `dist` are equally deep. */
const script = fileURLToPath(new URL('../../python/pip_server.py', import.meta.url));

/** The pip of one interpreter, as a process outside the sandbox that answers one request at a time and runs no package's code. */
export interface PipServer {
  /** Reads pip's configuration, with `args` as on its command line; comes before all other requests. */
  open(args: readonly string[]): Promise<PipSettings>;
  /** `known` is the edition that the caller has already. */
  get(url: string, accept: string, maxBytes: number, known?: PageEdition): Promise<IndexPage>;
  download(
    url: string,
    path: string,
    algorithms: readonly string[],
    maxBytes: number,
  ): Promise<z.output<typeof download>>;
  /** Makes an empty virtual environment at `dir`. */
  makeVenv(dir: string): Promise<unknown>;
  /** `pip install ARGS` into the environment at `dir`, whose scripts will name `python`; the exit code. */
  install(dir: string, python: string, args: readonly string[]): Promise<number>;
  /** Ends the process; to be called in any case. */
  close(): Promise<void>;
}

/**
 * Starts the server with the interpreter's `python`; what pip says goes to `onOutput`, and `signal` kills it. What it keeps
 * meanwhile lies below `tmpDir`: an attempt's own folder, so that a killed pip's leavings go with all else.
 */
export function startPip(
  python: string,
  onOutput: (bytes: Buffer) => void,
  signal: AbortSignal,
  tmpDir = tmpdir(),
): PipServer {
  const child = spawn(python, ['-I', '-B', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true, // a group of its own, so that its forks die with it
    env: { ...pipEnvironment(process.env), TMPDIR: tmpDir },
  });
  child.stderr.on('data', onOutput);
  child.stdin.on('error', () => undefined); // a dead server is noticed by the answer that is missing
  const ended = endOf(child, signal);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ask = async <T>(op: string, body: object, shape: z.ZodType<T>): Promise<T> => {
    child.stdin.write(`${JSON.stringify({ op, ...body })}\n`);
    const answer = await answers.next();
    if (answer.done === true) throw new PipError({ error: 'Ended', text: 'pip ended without an answer' });
    const value: unknown = JSON.parse(answer.value);
    const failed = failure.safeParse(value);
    if (failed.success) throw new PipError(failed.data);
    return shape.parse(value);
  };
  return {
    open: (pip) => ask('open', { pip }, settings),
    get: (url, accept, maxBytes, { etag, lastModified } = unknown) =>
      ask('get', { url, accept, maxBytes, etag, lastModified }, page),
    download: (url, path, algorithms, maxBytes) => ask('download', { url, path, algorithms, maxBytes }, download),
    makeVenv: (dir) => ask('venv', { dir }, nothing),
    install: async (dir, venvPython, pip) => (await ask('install', { dir, python: venvPython, pip }, installed)).code,
    close: () => {
      child.stdin.end();
      return ended;
    },
  };
}

function endOf(child: ChildProcessByStdio<Writable, Readable, Readable>, signal: AbortSignal): Promise<void> {
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // it ended meanwhile
    }
  };
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  return new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  }).finally(() => signal.removeEventListener('abort', kill));
}

/** pip's own variables hold, but for those that would send what it installs elsewhere or ask for sdists. */
function pipEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const misleading =
    /^PIP_(TARGET|PREFIX|ROOT|USER|REQUIRE_VIRTUALENV|NO_BINARY|ONLY_BINARY|DRY_RUN|REPORT|PYTHON|REQUIRE_HASHES)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.test(name)));
}
