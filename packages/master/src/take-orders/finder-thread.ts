import { parentPort, workerData } from 'node:worker_threads';
import type { NewVersion } from '@piw/db/add-versions';
import { Refusal } from '@piw/host/operator-error';
import type { PackageName } from '@piw/wheel/package-name';
import { IndexClient } from '../follow-pypi/index-client.ts';
import type { Wanted } from './choose-versions.ts';
import { finderHere } from './version-finder.ts';

/** What the thread is to find out. */
export interface FinderQuestion {
  readonly name: PackageName;
  readonly wanted: Wanted;
  readonly indexUrl: string | null;
  readonly path: string;
}

/** What it found, why it found nothing, or a line for the log. */
export type FromFinder =
  | { readonly type: 'found'; readonly versions: [NewVersion, ...NewVersion[]] }
  | { readonly type: 'refused'; readonly message: string; readonly remedy: string }
  | { readonly type: 'debug'; readonly text: string };

/** An index may answer with megabytes: a thread reads them, so that the master's loop is never held up. It ends with its answer. */
const { name, wanted, indexUrl, path } = workerData as FinderQuestion;
const say = (message: FromFinder): void => parentPort?.postMessage(message);
const debug = (text: string): void => say({ type: 'debug', text });
const finder = finderHere(new IndexClient({ indexUrl, path, log: { debug } }));
parentPort?.once('message', () => finder.stop());
try {
  say({ type: 'found', versions: await finder.find(name, wanted) });
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  say({ type: 'refused', message: error.message, remedy: error.remedy });
}
parentPort?.close();
