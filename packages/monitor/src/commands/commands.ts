import { cellCommands } from './cell-orders.ts';
import { chartCommands } from './chart-commands.ts';
import { chooserCommands } from './chooser-commands.ts';
import { columnCommands } from './column-commands.ts';
import type { Command } from './command.ts';
import { failureCommands } from './failure-orders.ts';
import { findCommands } from './find-commands.ts';
import { followCommands } from './follow-commands.ts';
import { listCommands } from './list-commands.ts';
import { logCommands } from './log-commands.ts';
import { moveCommands } from './move-commands.ts';
import { helpCommand, programCommands } from './program-commands.ts';
import { retryReasonCommand } from './retry-reason.ts';
import { rowCommands } from './row-commands.ts';
import { slaveCommands } from './slave-orders.ts';
import { targetCommands } from './target-orders.ts';
import { viewCommands } from './view-commands.ts';

/** All that an operator can do, in the order of the hints at the foot. */
export const commands: readonly Command[] = [
  ...[...slaveCommands, ...cellCommands, ...failureCommands, retryReasonCommand, ...targetCommands],
  ...[
    ...chartCommands,
    ...chooserCommands,
    ...findCommands,
    ...followCommands,
    ...logCommands,
    ...rowCommands,
    ...listCommands,
    ...columnCommands,
    ...viewCommands,
    ...moveCommands,
    ...programCommands,
  ],
  helpCommand(() => commands),
];
