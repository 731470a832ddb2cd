import { reasonKind } from '@piw/wheel/outcome';
import { telling } from '../state/notices.ts';
import { restraint } from '../state/restraint.ts';
import { type Command, stepTo } from './command.ts';
import { giveOrder } from './give-order.ts';
import { unknown } from './known-words.ts';

const everything = { package: null, version: null, target: null, outcome: null } as const;

/** All that failed for a reason that is named, wherever the operator is. */
export const retryReasonCommand: Command = {
  ...{ name: 'retry-all', keys: [], group: 'Orders', takes: 'REASON [SUBJECT]' },
  about: 'build all again that failed for that reason',
  complete: () => reasonKind.options,
  when: (monitor) => restraint(monitor) === null,
  run: (monitor, words) => {
    const [, word = '', subject = ''] = /^(\S*)\s*(.*)$/.exec(words) ?? [];
    if (word === '')
      return stepTo(telling(monitor, 'odd', 'All that failed for which reason? Tab shows what there is.'));
    const reason = reasonKind.safeParse(word);
    if (!reason.success) return stepTo(unknown(monitor, 'reason', word, reasonKind.options) ?? monitor);
    const whole = subject === '' ? word : `${word} ${subject}`;
    return giveOrder(monitor, {
      words: `retry ${whole}`,
      doubt: `Build all again that failed for ${whole}?`,
      reason: null,
      give: () => [
        { name: 'RETRY', ask: { ...everything, reason: reason.data, subject: subject === '' ? null : subject } },
      ],
    });
  },
};
