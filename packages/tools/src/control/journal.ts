import { moment } from '@piw/operator/moment';
import { orderWords } from '@piw/operator/order-words';
import type { Answer } from '@piw/wire/control-protocol';
import { withLimit } from './how-many.ts';
import { look } from './look.ts';
import { line, type Page, styled, table } from './page.ts';

export const journalCommand = look({
  command: 'journal',
  describe: 'Show who ordered what, latest first',
  builder: (yargs) =>
    withLimit(yargs, 'entries').option('before', { type: 'number', describe: 'Those before this entry' }),
  question: 'JOURNAL',
  ask: ({ limit, before }) => ({ limit, before: before ?? null }),
  page: (answer) => journalPage(answer),
});

/** A line an order. */
export const journalPage = ({ entries }: Answer<'JOURNAL'>): Page =>
  entries.length === 0
    ? [line('Nothing was ordered yet.')]
    : [
        table(
          ['ENTRY', 'WHEN', 'WHO', 'ORDER', 'SUBJECT', 'WHAT CAME OF IT'],
          entries.map(({ entry, atMs, who, order, subject, text }) => [
            styled('dim', String(entry)),
            moment(atMs),
            who,
            orderWords(order),
            subject,
            text,
          ]),
        ),
      ];
