import { parentPort, workerData } from 'node:worker_threads';
import { openPool } from '@piw/db/connect';
import type { Pace } from '@piw/db/page-orders';
import { Waker } from '../waker.ts';
import type { AboutSite } from './about-site.ts';
import { homeOrder, keepPages, type Writing } from './keep-pages.ts';
import { SiteFolder } from './site-folder.ts';

/** What the master gives the thread along. */
export interface ThreadSettings {
  readonly dsn: string;
  readonly output: string;
  readonly about: AboutSite;
  readonly pace: Pace;
}

/** What the master says: pages were ordered; the farm or its targets changed; stop. */
export type ToThread = 'pages' | 'farm' | 'stop';

/** A thread of its own reads facts, draws pages and writes them, so that the master's loop is never held up. */
const { dsn, output, about, pace } = workerData as ThreadSettings;
const db = openPool(dsn, { max: 8, applicationName: 'piw-master pages' });
const writing: Writing = {
  ...{ db, about, pace, wanted: [], waker: new Waker(), folder: new SiteFolder(output), retryMs: 2000 },
  warn: (text) => parentPort?.postMessage(text),
};
const stopping = new AbortController();
parentPort?.on('message', (word: ToThread) => {
  if (word === 'stop') stopping.abort();
  if (word === 'farm') writing.wanted.push(homeOrder);
  writing.waker.wake();
});
await keepPages(writing, stopping.signal);
await db.end();
parentPort?.close();
