import { Refusal } from '@piw/host/operator-error';
import { program } from '@piw/host/program';
import { asAddress, withMasterOptions } from '@piw/operator/control-address';
import { runMonitor } from './run/run-monitor.ts';
import { paletteOf } from './terminal/palette-of.ts';

/** The control centre in a terminal. */
export const piwMonitor = program({
  name: 'piw-monitor',
  describe: 'Watches a farm and steers it, in a terminal',
  epilogue: 'Inside, ? shows what the keys do.',
  builder: (yargs) =>
    withMasterOptions(yargs)
      .option('status-queue', {
        type: 'string',
        coerce: asAddress,
        describe: "The address of the master's status queue (default: beside its control queue)",
      })
      .option('readonly', { type: 'boolean', default: false, describe: 'Give no orders, only watch' })
      .option('color', { type: 'boolean', default: true, describe: 'Use colours; --no-color or $NO_COLOR: none' })
      .option('ascii', { type: 'boolean', default: false, describe: 'Draw with ASCII characters alone' })
      .option('ssh', {
        type: 'string',
        default: 'ssh {host}',
        describe: 'What logs in to the host of a slave: words, with {host} where its name goes',
      }),
  handler: async (args, context) => {
    if (context.stdout.isTTY !== true || !process.stdin.isTTY)
      throw new Refusal('This is no terminal.', 'Use "piw-control", or "piw-monitor --snapshot" for a picture.');
    const readonly = args.readonly ? 'started with --readonly' : null;
    await runMonitor({ ...args, readonly, palette: paletteOf(args, context.env) }, context);
  },
});
