import { fitsAnyPlatform } from '@piw/wheel/tag';
import type { WheelFacts } from '@piw/wheel/wheel-file';
import { failedCompile } from '../classify/failed-compile.ts';
import type { Attempt } from './attempt.ts';
import { fault } from './build-fault.ts';
import { compiledSource } from './compiled-source.ts';
import { type LogPart, logLines } from './log-lines.ts';
import type { Source } from './source.ts';

/** For whom a wheel is: for all whom its tags name, or for the Python alone that built it, for the reason given. */
export type Scope = { readonly for: 'its-tags' } | { readonly for: 'this-python'; readonly why: string };

/**
 * Judges a pure wheel of a version that counts as compiled (DESIGN §6): one where the index has platform wheels, or the
 * sources hold what is compiled; but not on the sources' word alone where its authors publish a pure wheel themselves. By
 * CPython, or where the log shows a compile tried in vain, it fell back, and that is thrown as a BuildFault. Another Python
 * may do without extensions on purpose: then the wheel is right for that Python, and for no other.
 */
export async function judgePurity(
  { order, world }: Pick<Attempt, 'order' | 'world'>,
  { root, upstream }: Source,
  said: LogPart,
  { tags }: Pick<WheelFacts, 'tags'>,
): Promise<Scope> {
  if (order.recipe.pure === true || !tags.every(fitsAnyPlatform)) return { for: 'its-tags' };
  const why = upstream.platform
    ? 'the index has platform wheels of this version'
    : upstream.pure
      ? undefined
      : await sourceText(root);
  if (why === undefined) return { for: 'its-tags' };
  const failure = await failedCompile(logLines(said));
  if (failure === undefined && world.interpreter.implementation !== 'cpython') return { for: 'this-python', why };
  throw fault(
    'failure',
    'fell-back-to-pure',
    failure?.subject ?? null,
    `The build fell back to pure Python: ${why}. ${failure ? `Its log says: ${failure.text} ` : ''}If that is right, the recipe says pure = true.`,
  );
}

async function sourceText(root: string): Promise<string | undefined> {
  const found = await compiledSource(root);
  return found === undefined ? undefined : `its sources hold ${found}`;
}
