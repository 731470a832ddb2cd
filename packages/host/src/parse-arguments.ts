import yargs, { type Argv } from 'yargs';
import { Parser } from 'yargs/helpers';
import { type Command, type Program, positionalsOf, type Work } from './command.ts';
import { type CommonOptions, withCommonOptions } from './common-options.ts';
import { governOptions } from './govern-options.ts';
import { nearest } from './nearest.ts';
import { OperatorError, UsageError } from './operator-error.ts';
import { ConfigurationError, readSettings, type Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { usageMistake } from './usage-mistake.ts';

/** What a command line asks for: to see a text (help, version, completions), or work. */
export type Parsed =
  | { readonly show: string }
  | { readonly work: Work; readonly common: CommonOptions; readonly unreadable: readonly string[] };

/** Understands a command line, with what files and variables add to it; throws UsageError and ConfigurationError. */
export function parseArguments(program: Program, argv: readonly string[], surroundings: Surroundings): Parsed {
  const help = `See ${program.name} --help.`;
  let settings: Settings = { files: new Map(), unreadable: [], variable: () => undefined };
  const problems: OperatorError[] = [];
  try {
    settings = readSettings({
      program: program.name,
      standard: surroundings.configurationFiles,
      asked: configurationsAskedFor(argv, surroundings.env),
      env: surroundings.env,
    });
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    problems.push(error);
  }
  const instance = yargs();
  const governed = governOptions(instance, settings, help);
  const chosen: Chosen = {};
  const common = withProgram(instance, program, argv, surroundings.stdout.columns ?? 80, chosen);
  common.fail((message: string | null, error: Error | undefined) => {
    if (error instanceof OperatorError) throw error;
    const vocabulary = {
      options: governed.options,
      commands: isPlain(program) || chosen.command ? [] : program.commands.map(({ command }) => command.split(' ')[0]!),
      positionals: positionalsOf(chosen.command?.command ?? ''),
    };
    throw new UsageError(usageMistake(message ?? error?.message ?? '', argv, vocabulary), help);
  });
  let shown = '';
  const args = common.parse([...argv], {}, (_error, _args, output) => {
    shown = output;
  }) as CommonOptions;
  if (shown !== '') return { show: shown };
  const problem = [...problems, ...governed.problems, ...unknownKeys(program, settings)][0];
  if (problem !== undefined) throw problem;
  return { work: chosen.work!, common: args, unreadable: settings.unreadable };
}

const completionsAsked = '--get-yargs-completions';

/** What is known of the command that was called. */
interface Chosen {
  command?: Command;
  work?: Work;
}

function withProgram(instance: Argv, program: Program, argv: readonly string[], columns: number, chosen: Chosen) {
  const common = withCommonOptions(
    instance
      .scriptName(program.name)
      .parserConfiguration({ 'greedy-arrays': false, 'dot-notation': false, 'parse-positional-numbers': false })
      .locale('en')
      .exitProcess(false),
  )
    .version(program.version)
    .help()
    .alias('help', 'h')
    .strict()
    .epilogue(program.epilogue)
    .wrap(Math.min(100, columns));
  program.declareShared(common);
  for (const command of program.commands) {
    const main = command.command.startsWith('$0');
    if (main && argv[0] === completionsAsked)
      command.declare(common); // yargs completes no default command
    else attach(common, command, chosen);
  }
  common.command('completion', 'Print a completion script for the shell in $SHELL (bash, zsh, fish)', {}, () => {
    common.showCompletionScript();
  });
  return isPlain(program)
    ? common
    : common.usage(`$0 COMMAND\n\n${program.describe}`).demandCommand(1, 'which command?');
}

const isPlain = ({ commands }: Program): boolean => commands.some(({ command }) => command.startsWith('$0'));

const attach = (common: Argv<CommonOptions>, command: Command, chosen: Chosen): void =>
  command.attach(
    common,
    () => {
      chosen.command = command;
    },
    (work) => {
      chosen.work = work;
    },
  );

/** `-c FILE`, as often as it is said; else the file that $PIW_CONFIGURATION names. */
function configurationsAskedFor(argv: readonly string[], env: NodeJS.ProcessEnv): string[] {
  const parsed = Parser([...argv], { string: ['configuration'], alias: { configuration: ['c'] } }) as unknown;
  const { configuration } = parsed as { configuration?: string | string[] };
  const asked = [configuration ?? env['PIW_CONFIGURATION'] ?? []].flat();
  return asked.filter((file) => file !== '');
}

function unknownKeys(program: Program, settings: Settings): ConfigurationError[] {
  if (settings.files.size === 0) return [];
  const scratch = yargs();
  const { options } = governOptions(scratch, { ...settings, files: new Map(), variable: () => undefined }, '');
  const common = withCommonOptions(scratch);
  program.declareShared(common);
  for (const command of program.commands) command.declare(common);
  return [...settings.files]
    .filter(([key]) => !options.has(key))
    .map(([key, { origin }]) => {
      const guess = nearest(key, options);
      return new ConfigurationError(
        `${origin}: ${program.name} has no such option${guess === undefined ? '' : `; did you mean ${guess}?`}`,
        `See ${program.name} --help.`,
      );
    });
}
