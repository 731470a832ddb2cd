import { parentPort, workerData } from 'node:worker_threads';
import { openPool } from '@piw/db/connect';
import { SiteFolder } from '../write-site/site-folder.ts';
import { followUpstream, type UpstreamNews, type UpstreamPace } from './follow-upstream.ts';
import { UpstreamClient } from './upstream-client.ts';

/** What the master gives the thread along. */
export interface UpstreamThreadSettings {
  readonly dsn: string;
  readonly output: string;
  readonly indexUrl: string | null;
  readonly path: string;
  readonly pace: UpstreamPace;
}

/** What the thread says: news, or a line for the log. */
export type FromUpstreamThread = UpstreamNews | { readonly type: 'debug'; readonly text: string };

/** Pages of upstream's have megabytes: a thread of its own reads them, so that the master's loop is never held up. */
const { dsn, output, indexUrl, path, pace } = workerData as UpstreamThreadSettings;
const tell = (message: FromUpstreamThread): void => parentPort?.postMessage(message);
const debug = (text: string): void => tell({ type: 'debug', text });
const db = openPool(dsn, { max: 2, applicationName: 'piw-master upstream' });
const client = new UpstreamClient({ indexUrl, path, debug });
const stopping = new AbortController();
parentPort?.on('message', () => {
  stopping.abort();
  client.stop();
});
await followUpstream({ db, client, folder: new SiteFolder(output), pace, log: { debug }, tell }, stopping.signal);
await db.end();
parentPort?.close();
