import { setTimeout as pause } from 'node:timers/promises';
import type { Attention } from '@piw/db/attention';
import type { openPool } from '@piw/db/connect';
import { recordUpstream, recordUpstreamFailure } from '@piw/db/record-upstream';
import { inTransaction } from '@piw/db/transaction';
import { askFailingNow, type DueUpstreamPage, dueUpstreamPages } from '@piw/db/upstream-pages';
import { restlessly } from '../restlessly.ts';
import type { SiteFolder } from '../write-site/site-folder.ts';
import { BusyIndexError } from './busy-index-error.ts';
import type { UpstreamClient } from './upstream-client.ts';
import { UpstreamConcern, wordsOf } from './upstream-concern.ts';
import { UpstreamTempo } from './upstream-tempo.ts';

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
  const tempo = new UpstreamTempo(pace);
  let idleSinceMs = performance.now();
  let isPublished = false;
  await restlessly(following, signal, async () => {
    isPublished ||= await publishAddress(following, concern);
    if (!isPublished) return pace.retryMs;
    const due = await dueUpstreamPages(db, atOnce);
    if (due.length === 0) await concern.clear();
    for (const page of due) {
      await askFor({ ...following, concern, tempo }, page, signal);
      idleSinceMs = performance.now();
      if (signal.aborted || tempo.isDead) break;
      await pause(tempo.restMs, undefined, { signal }).catch(() => undefined);
    }
    const restMs = tempo.isDead ? tempo.restMs : due.length === atOnce ? 0 : pace.lookMs;
    if (performance.now() + restMs - idleSinceMs > idleMs) await client.close();
    return restMs;
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

interface Asking extends Following {
  readonly concern: UpstreamConcern;
  readonly tempo: UpstreamTempo;
}

async function askFor(
  { db, client, pace, tell, concern, tempo }: Asking,
  page: DueUpstreamPage,
  signal: AbortSignal,
): Promise<void> {
  const { packageId } = page;
  try {
    const answer = await client.ask(page);
    const recorded = await inTransaction(db, (tx) => recordUpstream(tx, packageId, answer, pace.everyMs));
    if (recorded.isNews) tell({ type: 'changed', woken: recorded.woken, cancel: recorded.cancel });
    if (tempo.heard()) await askFailingNow(db);
    await concern.clear();
  } catch (error) {
    if (signal.aborted) return;
    const { text } = wordsOf(error);
    tempo.failed(error);
    const leastMs = error instanceof BusyIndexError ? error.againMs : 0;
    await recordUpstreamFailure(db, packageId, text, { retryMs: pace.retryMs, mostMs: pace.everyMs, leastMs });
    await concern.raise(error);
  }
}
