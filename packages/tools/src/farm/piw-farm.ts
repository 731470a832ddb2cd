import { program } from '@piw/host/program';
import { farmOnTerminal, isOnTerminal } from './on-terminal.ts';
import { farmArguments, farmOptions } from './options.ts';
import { runFarm } from './run-farm.ts';

/** A whole farm on one machine. */
export const piwFarm = program({
  name: 'piw-farm',
  positionals: '[package..]',
  describe: 'Runs a whole farm on this machine: database, master, slaves, web server',
  epilogue: 'With npm: npm start -- --once six==1.17.0',
  builder: farmArguments,
  handler: (args, context) => {
    const options = farmOptions(args);
    return options.monitor && !options.once && isOnTerminal(context)
      ? farmOnTerminal(options.dir, context)
      : runFarm(options, context);
  },
});
