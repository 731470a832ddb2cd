import { type Command, type Context, command } from '@piw/host/command';
import type { ProgramArgv } from '@piw/host/program';
import { withMasterOptions } from '@piw/operator/control-address';
import { withControl } from '@piw/operator/with-control';
import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import { type Page, pageAsTyped } from './page.ts';
import { render, screenOf } from './render.ts';

/** A command that asks one question and shows the answer. */
export interface Look<A, K extends ControlType> {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: LookArgv) => Argv<A>;
  readonly question: K;
  readonly ask: (args: ArgumentsCamelCase<A>, nowMs: number) => Question<K>;
  readonly page: (answer: Answer<K>, nowMs: number, args: ArgumentsCamelCase<A>) => Page;
  /** The part of the answer that --json prints, where it is not the whole. */
  readonly part?: (answer: Answer<K>) => unknown;
}

export type LookArgv = ReturnType<typeof withLookOptions>;
type LookOptions = LookArgv extends Argv<infer A> ? A : never;
export type LookArguments = ArgumentsCamelCase<LookOptions>;

/** The options that all commands have. */
export const withLookOptions = (yargs: ProgramArgv) =>
  withMasterOptions(yargs).option('json', {
    type: 'boolean',
    default: false,
    describe: "Print the master's answer as JSON, for programs",
  });

/** Makes a command of a look. */
export const look = <A, K extends ControlType>(definition: Look<A, K>): Command =>
  command({
    command: definition.command,
    describe: definition.describe,
    builder: (yargs) => definition.builder(withLookOptions(yargs)),
    handler: async (args, context) => {
      const nowMs = Date.now();
      const ask = definition.ask(args, nowMs);
      const its = lookArguments(args);
      const { signal } = context;
      const answer = await withControl(its, (control) => control.ask(definition.question, ask, { signal }));
      if (its.json) printJson(definition.part?.(answer) ?? answer, context);
      else printPage(definition.page(answer, nowMs, args), context);
    },
  });

/** The arguments that all commands have, of a command whose builder had `withLookOptions`: a type that TypeScript can't follow. */
export const lookArguments = <A>(args: ArgumentsCamelCase<A>): LookArguments => args as unknown as LookArguments;

/** Prints what a program would read. */
export const printJson = (answer: unknown, { print }: Context): void => print(JSON.stringify(answer, null, 2));

/** Prints what people read. */
export function printPage(page: Page, context: Context): void {
  for (const line of render(pageAsTyped(page, context.typing), screenOf(context))) context.print(line);
}
