import { clearAttention, raiseAttention } from '@piw/db/attention';
import { isConnectionError } from '@piw/db/connection-error';
import { ImplausibleListingError, isUpstreamFailing } from '@piw/db/record-upstream';
import { Refusal } from '@piw/host/operator-error';
import { publicUrl } from '@piw/host/pip/public-url';
import { withFullStop } from '@piw/host/with-full-stop';
import { plainText } from '@piw/wheel/plain-text';
import { UnusableIndexError } from '@piw/wheel/project-listings';
import type { Following } from './follow-upstream.ts';

/** What it is called. */
export const upstreamConcern = { kind: 'follower-failing', subject: 'upstream' };

/** Whether a human should look after upstream: raised by the first failure, cleared when every package has been heard since. */
export class UpstreamConcern {
  readonly #following: Pick<Following, 'db' | 'tell' | 'log'>;
  /** It may be, from a time before this. */
  #isRaised = true;

  constructor(following: Pick<Following, 'db' | 'tell' | 'log'>) {
    this.#following = following;
  }

  /** Raises it; rethrows what is no operator's business. */
  async raise(error: unknown): Promise<void> {
    const { db, tell, log } = this.#following;
    const words = wordsOf(error);
    this.#isRaised = true;
    log.debug(`upstream: ${words.text}`);
    const attention = await raiseAttention(db, { ...upstreamConcern, ...words });
    if (attention) tell({ type: 'attention', attention });
  }

  /** Clears it, unless there is a package that still can't be heard of. */
  async clear(): Promise<void> {
    const { db, tell } = this.#following;
    if (!this.#isRaised || (await isUpstreamFailing(db))) return;
    this.#isRaised = false;
    const attention = await clearAttention(db, upstreamConcern.kind, upstreamConcern.subject);
    if (attention) tell({ type: 'attention', attention });
  }
}

/** What an operator is told of an error; a database that refuses what a page says is that page's fault. Rethrows what is no operator's business. */
export function wordsOf(error: unknown): { readonly text: string; readonly remedy: string } {
  if (error instanceof Refusal) return { text: error.message, remedy: error.remedy };
  const [what, remedy] = wrongWith(error);
  return { text: `${withFullStop(plainText(what))} What it listed last stays.`, remedy };
}

function wrongWith(error: unknown): [what: string, remedy: string] {
  if (isRefusalOfDatabase(error)) return [`What upstream lists can't be kept: ${error.message}`, 'Look at its page.'];
  const remedy = 'Look at the network and at "pip config list", or give another --index-url.';
  if (error instanceof ImplausibleListingError) return [error.message, remedy];
  if (!(error instanceof UnusableIndexError)) throw error;
  return [`The index at ${publicUrl(error.url)} can't be used: ${error.message}`, remedy];
}

/** PostgreSQL's errors have a severity; those of a connection are waited for elsewhere. */
const isRefusalOfDatabase = (error: unknown): error is Error =>
  error instanceof Error && 'severity' in error && !isConnectionError(error);
