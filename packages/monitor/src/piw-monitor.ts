import type { Context } from '@piw/host/command';
import { Refusal } from '@piw/host/operator-error';
import { type ProgramArgv, program } from '@piw/host/program';
import { withMasterOptions } from '@piw/operator/control-address';
import { withControl } from '@piw/operator/with-control';
import { takeSnapshot } from './run/snapshot.ts';
import { viewNames } from './state/place.ts';
import { paletteOf } from './terminal/palette-of.ts';

const builder = (yargs: ProgramArgv) =>
  withMasterOptions(yargs)
    .option('readonly', { type: 'boolean', default: false, describe: 'Give no orders, only watch' })
    .option('color', { type: 'boolean', default: true, describe: 'Use colours; --no-color or $NO_COLOR: none' })
    .option('ascii', {
      type: 'boolean',
      describe: 'Draw with ASCII characters alone (default: where terminal or locale has no others)',
    })
    .option('mouse', {
      type: 'boolean',
      describe: 'Hear the mouse (default: yes, but not in screen, which keeps Esc then)',
    })
    .option('ssh', {
      type: 'string',
      default: 'ssh {host}',
      describe: 'What logs in to the host of a slave: words, with {host} where its name goes',
    })
    .option('snapshot', { type: 'boolean', default: false, describe: 'Print one picture as text, and exit' })
    .option('view', { choices: viewNames, default: 'builders' as const, describe: 'Of this view' })
    .option('width', { type: 'number', default: 120, coerce: atLeast(40), describe: 'So many columns wide' })
    .option('height', { type: 'number', default: 40, coerce: atLeast(8), describe: 'So many lines high' })
    .group(['snapshot', 'view', 'width', 'height', 'json'], 'One picture:')
    .option('json', { type: 'boolean', default: false, describe: 'Print the status board as JSON, and exit' });

type Arguments = Awaited<ReturnType<typeof builder>['argv']>;

/** The control centre in a terminal. */
export const piwMonitor = program({
  name: 'piw-monitor',
  describe: 'Watches a farm and steers it, in a terminal',
  epilogue: 'Inside, ? shows what the keys do.',
  builder,
  handler: (args, context) => {
    if (args.json) return printBoard(args, context);
    return args.snapshot ? printPicture(args, context) : open(args, context);
  },
});

const readonlyBy = ({ readonly }: Pick<Arguments, 'readonly'>): string | null =>
  readonly ? 'started with --readonly' : null;

async function open(args: Arguments, context: Context): Promise<void> {
  if (context.stdout.isTTY !== true || !process.stdin.isTTY || context.env['TERM'] === 'dumb')
    throw new Refusal(
      'This is no terminal to draw on.',
      'Use "piw-control", or "piw-monitor --snapshot" for a picture.',
    );
  const { runMonitor } = await import('./run/run-monitor.ts');
  await runMonitor({ ...args, readonly: readonlyBy(args), palette: paletteOf(args, context.env) }, context);
}

/** In a pipe it has no colours. */
async function printPicture(args: Arguments, context: Context): Promise<void> {
  const palette = { ...paletteOf(args, context.env), plain: context.stdout.isTTY !== true };
  const { view, width: columns, height: rows } = args;
  const options = { view, size: { columns, rows }, palette, readonly: readonlyBy(args) };
  const lines = await withControl(args, (control) => takeSnapshot(control, options, context));
  for (const line of lines) context.print(line);
}

async function printBoard(args: Arguments, { print, signal }: Context): Promise<void> {
  const board = await withControl(args, (control) => control.ask('SNAPSHOT', {}, { signal }));
  print(JSON.stringify(board, null, 2));
}

function atLeast(least: number) {
  return (given: number): number => {
    if (Number.isInteger(given) && given >= least && given <= 1000) return given;
    throw new Error(`a number from ${least} to 1000 is needed`);
  };
}
