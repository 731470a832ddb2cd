import type { Argv } from 'yargs';
import { type Command, type CommandDefinition, command, type Program } from './command.ts';
import type { CommonOptions } from './common-options.ts';
import type { LogLevel } from './log.ts';
import { performProgram } from './perform-program.ts';
import { softwareVersion } from './software-version.ts';
import { processSurroundings, type Surroundings } from './surroundings.ts';

interface Presentation {
  readonly name: string;
  readonly describe: string;
  /** Default: that of the whole farm. */
  readonly version?: string;
  readonly epilogue?: string;
  /** Default: `warn`; a daemon may want `info`. */
  readonly level?: LogLevel;
}

/** A program that does one thing. `positionals` are those of yargs: `<package> [release]`. */
export interface PlainProgram<A> extends Presentation, Pick<CommandDefinition<A>, 'builder' | 'handler'> {
  readonly positionals?: string;
}

/** A program of which one asks one of several things: `piw-control pause rock-1`. */
export interface ProgramOfCommands extends Presentation {
  /** Declares options that all commands have, so that they may come before the command too. */
  readonly shared?: (yargs: ProgramArgv) => unknown;
  readonly commands: readonly Command[];
}

/** Makes a program: what all have in common (help, version, configuration, log, completion) is added to its own. */
export function program<A>(definition: PlainProgram<A>): Program;
export function program(definition: ProgramOfCommands): Program;
export function program<A>(definition: PlainProgram<A> | ProgramOfCommands): Program {
  const { name, describe, version = softwareVersion(), epilogue = '', level = 'warn' } = definition;
  const [commands, shared] =
    'commands' in definition ? [definition.commands, definition.shared] : [[theOnly(definition)], undefined];
  return { name, describe, version, epilogue, level, commands, declareShared: (yargs) => void shared?.(yargs) };
}

const theOnly = <A>({ positionals = '', describe, builder, handler }: PlainProgram<A>): Command =>
  command({ command: `$0 ${positionals}`.trim(), describe, builder, handler });

/**
 * Runs a program to its end and resolves to its exit code: 0 done, 1 failed, 2 wrong usage. An OperatorError becomes
 * one line on standard error, and so does a bug, whose stack is shown with --debug only.
 */
export const runProgram = (
  program: Program,
  argv: readonly string[],
  surroundings: Surroundings = processSurroundings(),
): Promise<number> => performProgram(program, argv, surroundings);

/** The type of a builder's yargs, for builders that are declared apart from their program. */
export type ProgramArgv = Argv<CommonOptions>;
