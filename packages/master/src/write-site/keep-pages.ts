import { setTimeout as pause } from 'node:timers/promises';
import { isConnectionError } from '@piw/db/connection-error';
import {
  nextPageOrders,
  nextPageWaitMs,
  orderPages,
  type Pace,
  type Page,
  type PageOrder,
  pagesWritten,
} from '@piw/db/page-orders';
import type { Waker } from '../waker.ts';
import type { FarmSite } from './farm-site.ts';
import { writeAssets, writeHome } from './write-home.ts';
import { writeLists } from './write-lists.ts';
import { writePackages } from './write-packages.ts';

/** What keeps pages true: the site, who is woken when there is something to do, and where complaints go. */
export interface Writing extends FarmSite {
  /** Pages that are still to be ordered. */
  readonly wanted: Page[];
  readonly pace: Pace;
  readonly waker: Waker;
  /** How long a database or a disk that fails is left alone, in milliseconds. */
  readonly retryMs: number;
  warn(text: string): void;
}

/** How many orders are read at once. */
const atOnce = 100;

/** How many packages are read and written together: a query for each would cost more than drawing its pages. */
const together = 8;

/** How many such batches are under way: disks and the database answer late. */
const lanes = 3;

/** Orders are looked for this often at least, in milliseconds, even if nobody told of them. */
const longestNapMs = 30_000;

/** Lists are not written more often than this, in milliseconds, however short they are. */
const shortestListMs = 5_000;

const listsOrder: Page = { kind: 'index', subject: '' };
export const homeOrder: Page = { kind: 'home', subject: '' };

/** Writes the pages that are ordered, as they get due, until the signal says stop; a new farm has its index at once. */
export async function keepPages(writing: Writing, signal: AbortSignal): Promise<void> {
  await untilItWorks(writing, signal, () => begin(writing));
  while (!signal.aborted) {
    const waitMs = (await untilItWorks(writing, signal, () => workOff(writing, signal))) ?? longestNapMs;
    await writing.waker.sleep(signal, Math.min(waitMs, longestNapMs));
  }
}

async function begin(writing: Writing): Promise<void> {
  const { folder, wanted } = writing;
  await writeAssets(writing);
  if (!folder.has('simple/index.html')) await writeLists(writing);
  if (!folder.has('index.html')) await writeHome(writing);
  wanted.push(listsOrder, homeOrder);
}

/** Writes all that is due; in how many milliseconds the next page is, null where none is ordered. */
async function workOff(writing: Writing, signal: AbortSignal): Promise<number | null> {
  const { db, wanted } = writing;
  while (!signal.aborted) {
    await orderWanted(writing);
    const orders = await nextPageOrders(db, atOnce);
    if (orders.length === 0) break;
    const waiting = inBatches(orders).values();
    const written = Array.from({ length: lanes }, () => writeEach(writing, waiting, signal));
    await Promise.allSettled(written); // no lane may still write when all is tried again
    await Promise.all(written);
    if (orders.some(({ kind }) => kind === 'package')) wanted.push(homeOrder);
  }
  return nextPageWaitMs(db);
}

/** Packages several at a time, other pages alone. */
function inBatches(orders: readonly PageOrder[]): PageOrder[][] {
  const packages = orders.filter(({ kind }) => kind === 'package');
  const batches = Array.from({ length: Math.ceil(packages.length / together) }, (_, i) =>
    packages.slice(i * together, (i + 1) * together),
  );
  return [...batches, ...orders.filter(({ kind }) => kind !== 'package').map((order) => [order])];
}

async function writeEach(writing: Writing, batches: Iterable<PageOrder[]>, signal: AbortSignal): Promise<void> {
  for (const orders of batches) {
    if (signal.aborted) return;
    const startedMs = performance.now();
    await write(writing, orders);
    // What was ordered while it was written stays ordered.
    await pagesWritten(writing.db, orders, paceAfter(writing.pace, performance.now() - startedMs));
  }
}

/** Lists of a small farm are quickly written and soon written again: they may take a three-hundredth of the time. */
const paceAfter = ({ pageMs, listMs }: Pace, tookMs: number): Pace => ({
  pageMs,
  listMs: Math.min(listMs, Math.max(shortestListMs, tookMs * 300)),
});

async function orderWanted({ db, wanted }: Writing): Promise<void> {
  const ordered = [...wanted];
  await orderPages(db, ordered);
  wanted.splice(0, ordered.length);
}

function write(writing: Writing, orders: readonly PageOrder[]): Promise<void> {
  switch (orders[0]?.kind) {
    case 'index':
      return writeLists(writing);
    case 'home':
      return writeHome(writing);
    default:
      return writePackages(
        writing,
        orders.map(({ subject }) => subject),
      );
  }
}

/** A database or a disk that fails is waited for; undefined once the signal says stop. */
async function untilItWorks<T>(
  { warn, retryMs }: Pick<Writing, 'warn' | 'retryMs'>,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T | undefined> {
  for (let last = ''; !signal.aborted; ) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Error && (isConnectionError(error) || 'syscall' in error))) throw error;
      if (error.message !== last) warn(`pages can't be written, and wait: ${error.message}`);
      last = error.message;
      await pause(retryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return undefined;
}
