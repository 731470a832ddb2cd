import { withCommandsAsTyped } from '@piw/host/as-typed';
import { type Command, type Context, command } from '@piw/host/command';
import { oneLine } from '@piw/host/log-line';
import { Refusal } from '@piw/host/operator-error';
import type { Done, OrderName } from '@piw/operator/order';
import { orderPatience, withControl } from '@piw/operator/with-control';
import type { Question } from '@piw/wire/control-protocol';
import type { ArgumentsCamelCase, Argv } from 'yargs';
import { yesOrNo } from '../yes-or-no.ts';
import { type LookArguments, type LookArgv, lookArguments, printJson, withLookOptions } from './look.ts';

/** A command that gives one order. */
export interface Order<A, K extends OrderName> {
  readonly command: string;
  readonly describe: string;
  readonly builder: (yargs: LookArgv) => Argv<A>;
  readonly order: K;
  readonly ask: (args: ArgumentsCamelCase<A>) => Question<K>;
  /** What somebody at a terminal is asked before it is given; undefined where it does little harm. */
  readonly doubt?: (args: ArgumentsCamelCase<A>) => string | undefined;
}

/** Makes a command of an order. */
export const order = <A, K extends OrderName>(definition: Order<A, K>): Command =>
  command({
    command: definition.command,
    describe: definition.describe,
    builder: (yargs) => definition.builder(withLookOptions(yargs)),
    handler: async (args, context) => {
      const ask = definition.ask(args);
      await makeSure(definition.doubt?.(args), context);
      return give(definition.order, ask, lookArguments(args), context);
    },
  });

/** Gives an order and tells what came of it; resolves to the exit code: 1 where anything was refused. */
export const give = <K extends OrderName>(order: K, ask: Question<K>, args: LookArguments, context: Context) =>
  withControl(args, async (control) => {
    const answer: Done = await control.ask(order, ask, orderPatience(context.signal));
    if (args.json) printJson(answer, context);
    else tell(answer, context);
    return answer.refused.length === 0 ? 0 : 1;
  });

function tell({ done, refused }: Done, { print, stderr, typing }: Context): void {
  const lineOf = ({ subject, text }: Done['done'][number]): string =>
    oneLine(`${subject}: ${withCommandsAsTyped(text, typing)}`);
  for (const one of done) print(lineOf(one));
  for (const one of refused) stderr.write(`piw-control: ${lineOf(one)}\n`);
  if (done.length + refused.length === 0) print('There was nothing to do.');
}

async function makeSure(doubt: string | undefined, { signal }: Context): Promise<void> {
  if (doubt !== undefined && (await yesOrNo(doubt, signal)) === false)
    throw new Refusal('Nothing was ordered.', 'Answer y to go on, or say so beforehand with -y.');
}
