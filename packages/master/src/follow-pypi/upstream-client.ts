import type { UpstreamAnswer } from '@piw/db/record-upstream';
import type { DueUpstreamPage } from '@piw/db/upstream-pages';
import { Refusal } from '@piw/host/operator-error';
import { findPip, type OpenPip } from '@piw/host/pip/find-pip';
import { plainly } from '@piw/host/pip/network-trouble';
import { PipError } from '@piw/host/pip/pip-error';
import type { IndexPage, PageEdition } from '@piw/host/pip/pip-server';
import { withoutCredentials } from '@piw/host/pip/without-credentials';
import { accept } from '@piw/wheel/index-reply';
import { pageBytes, pageUrl, readAnswer, UnusableIndexError } from '@piw/wheel/project-listings';
import { againAfterMs, BusyIndexError } from './busy-index-error.ts';
import { publicListing } from './public-listing.ts';

/** Which index upstream is, and how it is asked; milliseconds. */
export interface UpstreamClientOptions {
  /** Null is the one that pip is configured with. */
  readonly indexUrl: string | null;
  readonly path: string;
  readonly debug: (text: string) => void;
  readonly patienceMs?: number;
}

/** A pip that is asked again and again, and ended by the abort of its own signal. */
interface Opened extends OpenPip {
  readonly indexUrl: string;
  readonly ending: AbortController;
}

/** Asks upstream's index for pages, by pip's own means; the process that does it stays until it is closed. */
export class UpstreamClient {
  readonly #options: UpstreamClientOptions;
  #opened: Opened | undefined;

  constructor(options: UpstreamClientOptions) {
    this.#options = options;
  }

  /**
   * The address of the index, with its last slash and without credentials; null where others can't go there, as to a folder of
   * this machine. Throws a Refusal where there is no pip, or no index.
   */
  async address(): Promise<string | null> {
    const { indexUrl } = await this.#open();
    if (!/^https?:/i.test(indexUrl)) return null;
    return withoutCredentials(indexUrl).replace(/\/*$/, '/');
  }

  /** What upstream lists of a package, if that changed. Throws an UnusableIndexError where it can't be had, and a Refusal. */
  async ask(page: Omit<DueUpstreamPage, 'packageId'>): Promise<UpstreamAnswer> {
    const { pip, indexUrl, ending } = await this.#open();
    const { patienceMs = 60_000 } = this.#options;
    const url = pageUrl(indexUrl, page.package);
    const late = setTimeout(() => ending.abort(), patienceMs);
    try {
      return answerOf(url, page, await pip.get(url, accept, pageBytes, page));
    } catch (cause) {
      if (!(cause instanceof PipError)) throw cause;
      if (cause.kind === 'Ended') await this.close();
      const why = ending.signal.aborted ? `it took more than ${patienceMs / 1000} s` : plainly(cause.message);
      throw new UnusableIndexError(url, why, { cause });
    } finally {
      clearTimeout(late);
    }
  }

  /** Ends the process; the next question starts another. */
  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = undefined;
    await opened?.pip.close();
  }

  /** Whatever is being asked fails now. */
  stop(): void {
    this.#opened?.ending.abort();
  }

  async #open(): Promise<Opened> {
    if (this.#opened) return this.#opened;
    const { indexUrl, path, debug } = this.#options;
    const ending = new AbortController();
    const opened = await findPip({
      path,
      args: ['--retries', '1', ...(indexUrl === null ? [] : ['--index-url', indexUrl])],
      onOutput: (bytes) => debug(`pip: ${bytes.toString('utf8').trimEnd()}`),
      signal: ending.signal,
    });
    const [first] = opened.settings.indexUrls;
    if (first === undefined) {
      await opened.pip.close();
      throw new Refusal('pip is configured to use no index.', 'Give the master one with --index-url.');
    }
    this.#opened = { ...opened, indexUrl: first, ending };
    return this.#opened;
  }
}

/** What a reply comes to, for whoever knows that much of the page; throws an UnusableIndexError. */
function answerOf(url: string, known: Omit<DueUpstreamPage, 'packageId'>, reply: IndexPage): UpstreamAnswer {
  const isConditional = known.etag !== null || known.lastModified !== null;
  if (reply.status === 304 && isConditional) return { type: 'unchanged' };
  const againMs = againAfterMs(reply.status, reply.retryAfter, Date.now());
  if (againMs !== undefined) throw new BusyIndexError(url, reply.status, againMs);
  const page = readAnswer(url, reply);
  if (page === undefined) return { type: 'missing' };
  const listing = publicListing(known.package, page);
  if (listing.files.length === 0 && known.isListed && !page.isMarked)
    throw new UnusableIndexError(
      url,
      'it answers with a web page that lists nothing and does not say that it is an index',
    );
  return { type: 'listed', listing, ...editionOf(reply) };
}

/** What a server calls an edition is sent back to it as it came: what could not be so, or is endless, is as if it were not said. */
const editionOf = ({ etag, lastModified }: PageEdition): PageEdition => ({
  etag: etag !== null && /^(?:W\/)?"[\x21\x23-\x7e]{0,900}"$/.test(etag) ? etag : null,
  lastModified: lastModified !== null && /^[\w,:+ -]{1,100}$/.test(lastModified) ? lastModified : null,
});
