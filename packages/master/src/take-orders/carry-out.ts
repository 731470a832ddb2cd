import { writeJournal } from '@piw/db/journal';
import type { Transaction } from '@piw/db/queryable';
import { inTransaction } from '@piw/db/transaction';
import type { ControlType, Reply } from '@piw/wire/control-protocol';
import type { Notices } from '../bulletin.ts';
import type { Office } from './office.ts';

/** What an order did, a line each, and what it could not do. */
export type Done = Reply<'PAUSE'>;
export type Line = Done['done'][number];

/** What an order changes in the database, and what is to be done once that is committed. */
export interface Change {
  readonly done: readonly Line[];
  readonly refused?: readonly Line[];
  /** Targets that have work now. */
  readonly woken?: readonly number[];
  /** What other tasks should look at again. */
  readonly tell?: readonly Extract<keyof Notices, 'pages' | 'farm'>[];
  readonly afterwards?: () => Promise<void> | void;
}

/** An order as the journal names it, and who gave it. */
export interface Ordered {
  readonly order: ControlType | 'UNPREFER_TARGET';
  readonly who: string;
}

/**
 * Carries an order out: its facts and its entry in the journal in one transaction, then what follows from them. `work` may
 * run more than once and has no effects but its queries. What changes nothing isn't journalled.
 */
export async function carryOut(
  { premises }: Pick<Office, 'premises'>,
  ordered: Ordered,
  work: (tx: Transaction) => Promise<Change>,
): Promise<Done> {
  const { pool, bulletin, log } = premises;
  const change = await inTransaction(pool, async (tx) => {
    const made = await work(tx);
    if (made.done.length > 0) await writeJournal(tx, entryOf(ordered, made.done));
    return made;
  });
  const { done, refused = [], woken = [], tell = [] } = change;
  if (done.length > 0) log.info(`${ordered.who} ordered ${ordered.order} ${subjectsOf(done).slice(0, 200)}`);
  if (woken.length > 0) bulletin.emit('queue', woken);
  for (const notice of tell) bulletin.emit(notice);
  await change.afterwards?.();
  return { done: [...done], refused: [...refused] };
}

const entryOf = ({ order, who }: Ordered, done: readonly Line[]) => ({
  who,
  order,
  subject: subjectsOf(done),
  text: [...new Set(done.map(({ text }) => text))].join(' '),
});

const subjectsOf = (done: readonly Line[]): string => done.map(({ subject }) => subject).join(', ');
