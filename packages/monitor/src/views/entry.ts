import { moment } from '@piw/operator/moment';
import { orderWords } from '@piw/operator/order-words';
import type { Answer } from '@piw/wire/control-protocol';
import { line, span } from '../text/span.ts';
import { wrap } from '../text/wrap.ts';
import type { PageView } from './view.ts';

/** An order of the journal, whole: on what it was, and what came of it. */
export const entryPage = ({ atMs, who, order, subject, text }: Answer<'JOURNAL'>['entries'][number]): PageView => ({
  kind: 'page',
  wishes: () => [],
  lines: (_, width) => [
    line(' ', span(orderWords(order), 'strong'), `  ordered by ${who} at ${moment(atMs)}`),
    ...wrap(subject, width - 3).map((one) => line('   ', span(one, 'dim'))),
    ...wrap(text, width - 3).map((one) => line('   ', one)),
  ],
});
