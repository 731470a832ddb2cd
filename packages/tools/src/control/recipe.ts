import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { command } from '@piw/host/command';
import { UsageError } from '@piw/host/operator-error';
import { withControl } from '@piw/operator/with-control';
import type { Question } from '@piw/wire/control-protocol';
import { parseWish } from '../farm/wishes.ts';
import { printJson, withLookOptions } from './look.ts';
import { give } from './order.ts';

type Recipe = Question<'RECIPE'>['recipe'];

export const recipeCommand = command({
  command: 'recipe <package>',
  describe: 'Show what is particular about building a package, or change it',
  builder: (yargs) =>
    withLookOptions(yargs)
      .positional('package', { type: 'string', demandOption: true, describe: 'The package' })
      .option('set', { type: 'string', describe: 'The new recipe, a file of JSON; - reads standard input' })
      .option('remove', { type: 'boolean', default: false, describe: 'Build it as any other package again' }),
  handler: async (args, context) => {
    const { package: name } = parseWish(args.package);
    if (args.remove && args.set !== undefined)
      throw new UsageError('A recipe is set or removed, not both.', 'Give one of --set and --remove.');
    if (args.remove) return give('RECIPE', { package: name, recipe: null }, args, context);
    if (args.set !== undefined)
      return give('RECIPE', { package: name, recipe: await readRecipe(args.set) }, args, context);
    const { signal } = context;
    const { recipe } = await withControl(args, (control) => control.ask('PACKAGE', { package: name }, { signal }));
    if (args.json) return printJson(recipe, context);
    if (recipe === null) context.print(`${name} has no recipe: it is built as any other.`);
    else printJson(recipe, context);
    return 0;
  },
});

/** What the master makes of it is the master's to say; throws a UsageError where it can't be read or is no JSON object. */
async function readRecipe(file: string): Promise<Recipe> {
  const content = await (file === '-' ? text(process.stdin) : readFile(file, 'utf8')).catch((cause: unknown) => {
    throw new UsageError(`${file} can't be read: ${(cause as Error).message}.`, 'Give a file that can.');
  });
  const recipe = parse(content);
  if (typeof recipe === 'object' && recipe !== null && !Array.isArray(recipe)) return recipe;
  throw new UsageError(
    `${file} is no JSON object.`,
    'A recipe is like {"needs": {"memory": 8589934592}, "pure": true}.',
  );
}

function parse(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
