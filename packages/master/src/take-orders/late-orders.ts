import { writeJournal } from '@piw/db/journal';
import type { LateOrder } from '@piw/wire/control-server';
import type { Premises } from '../premises.ts';
import { whoOf } from './who.ts';

/** What an order may be about, by the names of its fields. */
interface About {
  readonly slaves?: 'all' | readonly string[];
  readonly package?: string | null;
  readonly version?: string | null;
  readonly target?: string | null;
  readonly slave?: string;
  /** Some orders have it all in a field of their own. */
  readonly what?: About;
  readonly cells?: About;
}

/** Notes that an order was not carried out because it came too late; never rejects. */
export async function journalLate(
  { pool, log }: Pick<Premises, 'pool' | 'log'>,
  { order, ask, from, lateMs }: LateOrder,
): Promise<void> {
  const entry = {
    ...{ who: whoOf(from), order, subject: subjectOf(ask as About) },
    text: `It came ${Math.ceil(lateMs / 1000)} s too late, and was not carried out.`,
  };
  log.warn(`${entry.who} ordered ${order} ${entry.subject.slice(0, 200)}: ${entry.text}`);
  await writeJournal(pool, entry).catch((error: unknown) => log.error({ err: error }, 'the journal lacks that'));
}

function subjectOf(ask: About): string {
  const { slaves, package: name, version, target, slave, what, cells } = ask;
  const inner = what ?? cells;
  if (inner) return subjectOf(inner);
  if (slaves !== undefined) return slaves === 'all' ? 'all' : slaves.join(', ');
  const cell = [name, version, target, slave].filter(Boolean).join(' ');
  return cell === '' ? 'master' : cell;
}
