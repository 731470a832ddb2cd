import { tmpdir } from 'node:os';
import { z } from 'zod';
import { PipProcess } from './pip-process.ts';

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
const nothing = z.object({});

/** What pip is configured with, by its files, its variables and the arguments that it was given. */
export type PipSettings = z.output<typeof settings>;

/** A page as text. */
export type IndexPage = z.output<typeof page>;

/** What a server told of a page that it answered before: it answers 304, without a body, where that still holds (RFC 9110, 13.1). */
export type PageEdition = Pick<IndexPage, 'etag' | 'lastModified'>;

const unknown: PageEdition = { etag: null, lastModified: null };

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
  /** Gives it up; to be called in any case. */
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
  return servedBy(new PipProcess(python), { onOutput, signal, tmpDir }, (pip) => pip.end());
}

/** Who uses a pip: hears what it says, kills it by the signal, and has a folder for what it keeps meanwhile. */
export interface PipUser {
  readonly onOutput: (bytes: Buffer) => void;
  readonly signal: AbortSignal;
  readonly tmpDir: string;
}

/** A pip that runs, for one user; `giveBack` is where it goes in the end. */
export function servedBy(
  pip: PipProcess,
  { onOutput, signal, tmpDir }: PipUser,
  giveBack: (pip: PipProcess) => Promise<void>,
): PipServer {
  const kill = (): void => pip.kill();
  pip.listen(onOutput);
  signal.addEventListener('abort', kill, { once: true });
  if (signal.aborted) kill();
  return {
    open: (args) => pip.ask('open', { pip: args, tmp: tmpDir }, settings),
    get: (url, accept, maxBytes, { etag, lastModified } = unknown) =>
      pip.ask('get', { url, accept, maxBytes, etag, lastModified }, page),
    download: (url, path, algorithms, maxBytes) => pip.ask('download', { url, path, algorithms, maxBytes }, download),
    makeVenv: (dir) => pip.ask('venv', { dir }, nothing),
    install: async (dir, python, args) => (await pip.ask('install', { dir, python, pip: args }, installed)).code,
    close: () => giveBack(pip).finally(() => signal.removeEventListener('abort', kill)),
  };
}
