import { Refusal } from '@piw/host/operator-error';
import { findInterpreters, type InterpreterSearch } from '../interpreters/find-interpreters.ts';
import type { Interpreter } from '../interpreters/interpreter.ts';
import { findProgram } from '../toolchains/find-program.ts';

/** The Pythons to build for: those named, all of which must be usable, else `python3`, else the first that can build. Throws a Refusal. */
export async function pickInterpreters(search: InterpreterSearch): Promise<readonly Interpreter[]> {
  if (search.wanted.length > 0) {
    const { usable, unusable } = await findInterpreters({ ...search, path: '' });
    const [bad] = unusable;
    if (bad) throw new Refusal(`${bad.path} cannot build: ${bad.why}`, bad.remedy);
    return usable;
  }
  const usual = findProgram('python3', search.path);
  const quick = usual === null ? undefined : await findInterpreters({ ...search, path: '', wanted: [usual] });
  if (quick?.usable[0]) return quick.usable;
  const { usable, unusable } = await findInterpreters(search);
  const [first] = usable;
  if (first) return [first];
  const [bad] = unusable;
  throw bad
    ? new Refusal(`No Python here can build: ${bad.path}: ${bad.why}`, bad.remedy)
    : new Refusal('There is no Python here.', 'Install Python 3, with its headers and a C compiler.');
}
