import { Refusal } from '@piw/host/operator-error';
import { findPip, type OpenPip } from '@piw/host/pip/find-pip';
import { plainly } from '@piw/host/pip/network-trouble';
import { PipError } from '@piw/host/pip/pip-error';
import { publicUrl } from '@piw/host/pip/public-url';
import { withFullStop } from '@piw/host/with-full-stop';
import type { ProjectListing } from '@piw/wheel/index-reply';
import type { PackageName } from '@piw/wheel/package-name';
import { plainText } from '@piw/wheel/plain-text';
import { type FetchPage, findListings, isFileOf, UnusableIndexError } from '@piw/wheel/project-listings';
import type { MasterOptions } from '../options.ts';
import type { Premises } from '../premises.ts';

/** What asking an index needs of the machine: where pip may be, and how long an index may take, in milliseconds. */
export interface IndexClientOptions {
  readonly indexUrl: MasterOptions['indexUrl'];
  readonly path: string;
  readonly log: Pick<Premises['log'], 'debug'>;
  readonly patienceMs?: number;
}

/** Asks the index that pip is configured with, or the one that the master was given, by pip's own means: proxies, certificates, keys. */
export class IndexClient {
  readonly #options: IndexClientOptions;
  readonly #stopped = new AbortController();

  constructor(options: IndexClientOptions) {
    this.#options = options;
  }

  /**
   * All that the index lists of a package; undefined where it knows none of that name. Throws a Refusal where there is no pip
   * to ask with, or no index that answers in time.
   */
  async lookUp(name: PackageName): Promise<ProjectListing | undefined> {
    const { patienceMs = 60_000 } = this.#options;
    const late = AbortSignal.timeout(patienceMs);
    try {
      return await this.#ask(name, AbortSignal.any([this.#stopped.signal, late]));
    } catch (error) {
      if (this.#stopped.signal.aborted) throw new Refusal('The master is stopping.', 'Ask again when it is back.');
      if (late.aborted) throw unusable('The index', `it took more than ${patienceMs / 1000} s`);
      if (error instanceof UnusableIndexError) throw unusable(`The index at ${publicUrl(error.url)}`, error.message);
      throw error;
    }
  }

  /** What is being asked ends now, and nothing more is asked. */
  stop(): void {
    this.#stopped.abort();
  }

  async #ask(name: PackageName, signal: AbortSignal): Promise<ProjectListing | undefined> {
    const { indexUrl, path, log } = this.#options;
    const onOutput = (bytes: Buffer) => log.debug(`pip: ${bytes.toString('utf8').trimEnd()}`);
    const { settings, pip } = await findPip({
      path,
      args: [...onceMore, ...indexArguments(indexUrl)],
      onOutput,
      signal,
    });
    try {
      const listings = await findListings(settings, name, fetchBy(pip));
      const files = listings.flatMap((listing) => listing.files).filter((file) => isFileOf(name, file));
      return files.length === 0 ? undefined : { files };
    } finally {
      await pip.close();
    }
  }
}

/** Somebody waits for the answer, and can ask again. */
const onceMore = ['--retries', '1'];

const indexArguments = (indexUrl: string | null): string[] => (indexUrl === null ? [] : ['--index-url', indexUrl]);

const fetchBy =
  (pip: OpenPip['pip']): FetchPage =>
  async (url, accept, maxBytes) => {
    try {
      return await pip.get(url, accept, maxBytes);
    } catch (cause) {
      throw cause instanceof PipError ? new UnusableIndexError(url, plainly(cause.message), { cause }) : cause;
    }
  };

const unusable = (what: string, why: string): Refusal =>
  new Refusal(
    withFullStop(plainText(`${what} can't be used: ${why}`)),
    'Look at the network and at "pip config list", or give another --index-url.',
  );
