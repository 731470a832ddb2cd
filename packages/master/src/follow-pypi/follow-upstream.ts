import { setTimeout as pause } from 'node:timers/promises';
import type { Attention } from '@piw/db/attention';
import type { openPool } from '@piw/db/connect';
import { recordUpstream, recordUpstreamFailure } from '@piw/db/record-upstream';
import { inTransaction } from '@piw/db/transaction';
import { type DueUpstreamPage, dueUpstreamPages } from '@piw/db/upstream-pages';
import { restlessly } from '../restlessly.ts';
import type { SiteFolder } from '../write-site/site-folder.ts';
import type { UpstreamClient } from './upstream-client.ts';
import { UpstreamConcern, wordsOf } from './upstream-concern.ts';

/** How often upstream is asked; milliseconds. */
export interface UpstreamPace {
  /** For a package, if nothing else makes it sooner. */
  readonly everyMs: number;
  /** From one question to the next. */
  readonly gapMs: number;
  /** After the first failure for a package, and twice as long each time until it is `everyMs`. */
  readonly retryMs: number;
  /** What is new is looked for this often. */
  readonly lookMs: number;
}

/** What the master is told: what has work, whom nobody needs, that pages were ordered; or what needs a human. */
export type UpstreamNews =
  | { readonly type: 'changed'; readonly woken: readonly number[]; readonly cancel: readonly number[] }
  | { readonly type: 'attention'; readonly attention: Attention };

/** What following takes. */
export interface Following {
  readonly db: ReturnType<typeof openPool>;
  readonly client: Pick<UpstreamClient, 'address' | 'ask' | 'close'>;
  readonly folder: Pick<SiteFolder, 'put'>;
  readonly pace: UpstreamPace;
  readonly log: { debug(text: string): void };
  readonly tell: (news: UpstreamNews) => void;
}

/** Where the site says which index upstream is. */
export const upstreamFile = 'upstream.json';

/** A pip that has had nothing to do for so long is ended; milliseconds. */
const idleMs = 30_000;

const atOnce = 10;

/** Asks upstream for what is due, at its pace, and takes over what it says, until the signal says stop. */
export async function followUpstream(following: Following, signal: AbortSignal): Promise<void> {
  const { db, client, pace } = following;
  const concern = new UpstreamConcern(following);
  let idleSinceMs = performance.now();
  let isPublished = false;
  await restlessly(following, signal, async () => {
    isPublished ||= await publishAddress(following, concern);
    if (!isPublished) return pace.retryMs;
    const due = await dueUpstreamPages(db, atOnce);
    for (const page of due) {
      if (signal.aborted) break;
      await askFor(following, concern, page, signal);
      await pause(pace.gapMs, undefined, { signal }).catch(() => undefined);
      idleSinceMs = performance.now();
    }
    if (performance.now() - idleSinceMs > idleMs) await client.close();
    return due.length === atOnce ? 0 : pace.lookMs;
  });
  await client.close();
}

/** Whoever serves the site may send people there. */
async function publishAddress({ client, folder, log }: Following, concern: UpstreamConcern): Promise<boolean> {
  try {
    await folder.put(upstreamFile, `${JSON.stringify({ index: await client.address() })}\n`);
    return true;
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) log.debug(`${upstreamFile} can't be written: ${error.message}`);
    else await concern.raise(error);
    return false;
  }
}

async function askFor(
  { db, client, pace, tell }: Following,
  concern: UpstreamConcern,
  page: DueUpstreamPage,
  signal: AbortSignal,
): Promise<void> {
  const { packageId } = page;
  try {
    const answer = await client.ask(page);
    const recorded = await inTransaction(db, (tx) => recordUpstream(tx, packageId, answer, pace.everyMs));
    if (recorded.isNews) tell({ type: 'changed', woken: recorded.woken, cancel: recorded.cancel });
    await concern.clear();
  } catch (error) {
    if (signal.aborted) return;
    const limits = { retryMs: pace.retryMs, mostMs: pace.everyMs };
    await recordUpstreamFailure(db, packageId, wordsOf(error).text, limits);
    await concern.raise(error);
  }
}
