import type { Logger } from 'pino';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import type { Typing } from './as-typed.ts';
import type { CommonOptions } from './common-options.ts';
import type { LogLevel } from './log.ts';
import { openProgress, type Progress } from './progress.ts';
import type { Output } from './surroundings.ts';

/** What a command may use of its process beside its arguments. */
export interface Context {
  readonly log: Logger;
  /** Aborted when somebody wants the program to stop. */
  readonly signal: AbortSignal;
  /** Aborted when somebody asks again: what must not be left behind is ended before the listener returns, and the program with it. */
  readonly urgent: AbortSignal;
  readonly env: NodeJS.ProcessEnv;
  /** How other programs are typed by who started this one. */
  readonly typing: Typing;
  readonly stdout: Output;
  readonly stderr: Output;
  /** Writes a line to standard output. */
  readonly print: (line: string) => void;
  /** Resolves once all that was written to standard output has arrived; rejects with why it has not. It is asked at the end, and by who goes on for long. */
  readonly delivered: () => Promise<void>;
  /** Starts a line of progress, which is seen on a terminal only. */
  readonly progress: () => Progress;
}

/** How a command ends: a number is the exit code, nothing is 0. */
// eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- most commands end without a word
export type Ending = Promise<number | void> | number | void;

/** Does what was asked for. */
export type Handler<A> = (args: ArgumentsCamelCase<A>, context: Context) => Ending;

/** A command as its author writes it; `command` has its name and positionals: `pause <slave..>`. */
export interface CommandDefinition<A> {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: Argv<CommonOptions>) => Argv<A>;
  readonly handler: Handler<A>;
}

/** What remains to be done when the arguments are understood. */
export type Work = (context: Context) => Ending;

/** A command whose arguments' types are nobody else's business. */
export interface Command {
  readonly command: string;
  readonly describe: string;
  readonly declare: (yargs: Argv<CommonOptions>) => void;
  /** Makes it known to yargs, which tells when it was `entered`, and when all its arguments made sense. */
  readonly attach: (yargs: Argv<CommonOptions>, entered: () => void, understood: (work: Work) => void) => void;
}

/** A program as `runProgram` takes it. */
export interface Program {
  /** `piw-slave`; its section in configuration files is `[slave]` or `[piw-slave]`. */
  readonly name: string;
  readonly describe: string;
  readonly version: string;
  readonly epilogue: string;
  /** What the console shows without -q, -v and --debug. */
  readonly level: LogLevel;
  readonly commands: readonly Command[];
  /** Declares the options that all commands have. */
  readonly declareShared: (yargs: Argv<CommonOptions>) => void;
}

/** Makes a command of a program out of its definition. */
export const command = <A>({ command, describe, builder, handler }: CommandDefinition<A>): Command => ({
  command,
  describe,
  declare: (yargs) => void builder(yargs),
  attach: (yargs, entered, understood) =>
    void yargs.command(
      command,
      describe,
      (its) => {
        entered();
        return builder(its);
      },
      (args) => understood((context) => handler(args, context)),
    ),
});

/** The names of a command's positionals, in their order. */
export const positionalsOf = (spec: string): string[] =>
  [...spec.matchAll(/[<[]([\w-]+)(?:\.\.)?[>\]]/g)].map(([, name]) => name!);

/** The context of a command that runs. */
export const contextOf = (
  { env, typing, stdout, stderr, delivered }: Pick<Context, 'env' | 'typing' | 'stdout' | 'stderr' | 'delivered'>,
  log: Logger,
  { signal, urgent }: Pick<Context, 'signal' | 'urgent'>,
): Context => ({
  log,
  signal,
  urgent,
  env,
  typing,
  stdout,
  stderr,
  delivered,
  print: (line) => void stdout.write(`${line}\n`),
  progress: () => openProgress(stderr),
});
