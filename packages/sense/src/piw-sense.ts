import type { Context } from '@piw/host/command';
import { type ProgramArgv, program } from '@piw/host/program';
import { withMasterOptions } from '@piw/operator/control-address';
import { coloursOf } from '@piw/operator/terminal/colours-of';
import type { Terminal } from './devices/emulator.ts';
import { loadSenseHat } from './devices/node-sense-hat.ts';
import { chooseHat } from './devices/open-hat.ts';
import { findSensorLibrary, sensorsOf } from './devices/sensors.ts';
import type { Turn } from './pixels/rotate.ts';
import { parseNight } from './run/night.ts';
import { power, powerNowhere } from './run/power.ts';
import { runSense } from './run/run-sense.ts';

const turns = ['0', '90', '180', '270', 'auto'] as const;

const builder = (yargs: ProgramArgv) =>
  withMasterOptions(yargs)
    .option('readonly', { type: 'boolean', default: false, describe: 'Give no orders, only watch' })
    .option('rotate', {
      alias: 'r',
      type: 'string',
      choices: turns,
      default: '0' as const,
      describe: 'How far the picture is turned clockwise; auto: by gravity, with node-sense-hat',
    })
    .option('night', {
      type: 'string',
      default: '22:00-07:00',
      coerce: parseNight,
      describe: 'When the lights are dimmed, or none',
    })
    .option('emulate', { type: 'boolean', default: false, describe: 'Draw in this terminal; arrow keys and Enter' })
    .option('color', {
      type: 'boolean',
      default: true,
      describe: 'In a terminal, use colours; --no-color or $NO_COLOR: none',
    })
    .option('driver', {
      choices: ['files', 'node-sense-hat'] as const,
      default: 'files' as const,
      describe: 'What the HAT is driven by: its device files, or that library',
    })
    .option('framebuffer', { type: 'string', describe: 'The device of its lights (default: found by its name)' })
    .option('joystick', { type: 'string', describe: 'The device of its joystick (default: found by its name)' })
    .option('frames', { type: 'string', describe: 'Write what is shown to this file, too, a line of JSON a picture' })
    .group(['driver', 'framebuffer', 'joystick', 'frames'], 'The HAT:');

type Arguments = Awaited<ReturnType<typeof builder>['argv']>;

/** The control centre on a Sense HAT. */
export const piwSense = program({
  name: 'piw-sense',
  describe: 'Watches a farm and steers it, on the 64 lights of a Sense HAT',
  epilogue:
    'The joystick: push it to move, press it to choose; off the upper edge is help, off the lower one the way out.',
  builder,
  handler: open,
});

async function open(args: Arguments, context: Context): Promise<void> {
  const openHat = await chooseHat({
    driver: args.emulate ? 'emulator' : args.driver,
    framebuffer: args.framebuffer,
    joystick: args.joystick,
    terminal: terminalOf(args, context),
    library: args.driver === 'node-sense-hat' && !args.emulate ? await loadSenseHat() : null,
  });
  const sensors = args.emulate ? null : findSensorLibrary();
  await runSense(
    {
      ...args,
      openHat,
      power: args.emulate ? powerNowhere : (verb) => power(verb, context.env),
      sensors: sensors === null ? null : sensorsOf(sensors),
      noSensors: args.emulate ? 'an emulator has no sensors' : 'no sensors: node-sense-hat is not installed',
      log: args.emulate ? null : context.log,
      turn: args.rotate === 'auto' ? 'auto' : (Number(args.rotate) as Turn),
      readonly: args.readonly ? 'started with --readonly' : null,
    },
    context,
  );
}

function terminalOf({ color }: Arguments, { env, stdout }: Context): Terminal | null {
  if (stdout.isTTY !== true || !process.stdin.isTTY || env['TERM'] === 'dumb') return null;
  const colours = coloursOf(color, env);
  return { in: process.stdin, out: process.stdout, depth: colours === 'few' ? '256' : colours };
}
