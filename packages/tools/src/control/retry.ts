import { outcome, reasonKind } from '@piw/wheel/outcome';
import { parseWish } from '../farm/wishes.ts';
import { order } from './order.ts';
import { withTarget } from './which-cells.ts';
import { withYes } from './which-slaves.ts';

export const retryCommand = order({
  command: 'retry [package]',
  describe: 'Try again what failed: what fits all that is given',
  builder: (yargs) =>
    withTarget(withYes(yargs))
      .positional('package', { type: 'string', describe: 'PACKAGE or PACKAGE==VERSION (default: all)' })
      .option('outcome', { choices: outcome.options, describe: 'What ended like this' })
      .option('reason', { choices: reasonKind.options, describe: 'What failed for this reason' })
      .option('subject', { type: 'string', describe: 'What failed for want of this: ffi.h, pg_config' }),
  order: 'RETRY',
  ask: ({ package: text, target, ...like }) => ({
    ...(text === undefined ? { package: null, version: null } : parseWish(text)),
    target: target ?? null,
    outcome: like.outcome ?? null,
    reason: like.reason ?? null,
    subject: like.subject ?? null,
  }),
  doubt: ({ yes, ...like }) =>
    yes || [like.package, like.target, like.outcome, like.reason, like.subject].some((given) => given !== undefined)
      ? undefined
      : 'Try everything again that ever failed?',
});
