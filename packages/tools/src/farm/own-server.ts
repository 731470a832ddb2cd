import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type PrivateServer, startPrivateServer } from '@piw/db/server/private-server';
import { Refusal } from '@piw/host/operator-error';
import type { FarmFolder } from './folder.ts';

/** Starts in a row that may fail, or end at once, before the farm gives up. */
const patience = 5;
const steadyMs = 30_000;
const pauseMs = 1_000;

/** The farm's own PostgreSQL, which is started again when something ends it. */
export class OwnServer {
  readonly #folder: FarmFolder;
  readonly #say: (line: string) => void;
  readonly #stopping = new AbortController();
  #server: PrivateServer;

  private constructor(folder: FarmFolder, say: (line: string) => void, server: PrivateServer) {
    this.#folder = folder;
    this.#say = say;
    this.#server = server;
  }

  /** Throws NoServerError where it can't be started. */
  static async start(folder: FarmFolder, say: (line: string) => void): Promise<OwnServer> {
    return new OwnServer(folder, say, await startOn(folder));
  }

  get current(): PrivateServer {
    return this.#server;
  }

  /** Keeps it running until it is stopped; rejects with a Refusal where it doesn't stay up. */
  async keep(): Promise<void> {
    for (let left = patience; ; left -= 1) {
      const sinceMs = Date.now();
      await this.#server.gone;
      if (this.#stopping.signal.aborted) return;
      if (Date.now() - sinceMs > steadyMs) left = patience;
      this.#say('PostgreSQL ended and is started again; the master waits for it');
      left = await this.#startAgain(left);
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#server.stop();
  }

  /** What a killed server leaves behind may take a moment to go. Returns how many tries are left. */
  async #startAgain(left: number): Promise<number> {
    for (let tries = left; tries > 0; tries -= 1) {
      await delay(pauseMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      try {
        this.#server = await startOn(this.#folder);
        return tries;
      } catch (error) {
        this.#say(error instanceof Error ? error.message : String(error));
      }
    }
    throw new Refusal(
      'PostgreSQL ended under the farm and does not stay up.',
      `Its log says why: ${logOf(this.#folder)}. Then start the farm again: it goes on where it was.`,
    );
  }
}

const logOf = ({ logs }: FarmFolder): string => join(logs, 'postgres.log');

const startOn = (folder: FarmFolder): Promise<PrivateServer> =>
  startPrivateServer({ dataDir: folder.database, socketDir: folder.run, logFile: logOf(folder) });
