import { program } from '@piw/host/program';
import { againCommand } from './again.ts';
import { buildCommand } from './build.ts';
import { buildsCommand } from './builds.ts';
import { drainCommand } from './drain.ts';
import { failuresCommand } from './failures.ts';
import { haltCommand } from './halt.ts';
import { historyCommand } from './history.ts';
import { journalCommand } from './journal.ts';
import { killCommand } from './kill.ts';
import { liftCommand } from './lift.ts';
import { logCommand } from './log.ts';
import { withLookOptions } from './look.ts';
import { packageCommand } from './package.ts';
import { pauseCommand } from './pause.ts';
import { prioritiseCommand } from './prioritise.ts';
import { queueCommand } from './queue.ts';
import { recipeCommand } from './recipe.ts';
import { restartCommand } from './restart.ts';
import { resumeCommand } from './resume.ts';
import { retryCommand } from './retry.ts';
import { skipCommand } from './skip.ts';
import { slavesCommand } from './slaves.ts';
import { statisticsCommand } from './statistics.ts';
import { statusCommand } from './status.ts';
import { stopCommand } from './stop.ts';
import { targetsCommand } from './targets.ts';
import { tryCommand } from './try.ts';
import { unskipCommand } from './unskip.ts';
import { whoamiCommand } from './whoami.ts';
import { whyCommand } from './why.ts';
import { withdrawCommand } from './withdraw.ts';

const looks = [
  ...[statusCommand, slavesCommand, targetsCommand, queueCommand, buildsCommand],
  ...[buildCommand, logCommand, packageCommand, whyCommand],
  ...[failuresCommand, statisticsCommand, historyCommand, journalCommand, whoamiCommand],
];
const orders = [
  ...[pauseCommand, resumeCommand, liftCommand, haltCommand, drainCommand, killCommand, restartCommand],
  ...[
    skipCommand,
    unskipCommand,
    prioritiseCommand,
    withdrawCommand,
    retryCommand,
    tryCommand,
    againCommand,
    recipeCommand,
    stopCommand,
  ],
];

/** Every look at a farm and every order to it. */
export const piwControl = program({
  name: 'piw-control',
  describe: 'Looks at a farm and gives it orders',
  shared: withLookOptions,
  epilogue: 'Exit 0: all was done; 1: something was refused; 2: wrong usage.',
  commands: [...looks, ...orders],
});
