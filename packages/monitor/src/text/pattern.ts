import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

/** Loaded when somebody first searches: until then it would only hold up the first picture. */
const library = (): typeof Re2 => createRequire(import.meta.url)('re2js') as typeof Re2;

/** What is looked for in texts. */
export interface Pattern {
  readonly isIn: (text: string) => boolean;
  /** Where it first is, as in `slice`; null where it isn't, or is empty. */
  readonly placeIn: (text: string) => readonly [from: number, to: number] | null;
  /** Why it is no regular expression, and looked for as it is; null where it is one. */
  readonly fault: string | null;
}

/**
 * A regular expression in RE2's syntax, whatever the case, in time that is linear in the text: what strangers wrote is searched by what an
 * operator types, and neither may hold up the screen. One that makes no sense is looked for as it is.
 */
export function patternOf(wanted: string): Pattern {
  if (last?.wanted !== wanted) last = { wanted, pattern: read(wanted) };
  return last.pattern;
}

/** What is typed is looked for in many texts before the next is. */
let last: { readonly wanted: string; readonly pattern: Pattern } | undefined;

function read(wanted: string): Pattern {
  const { RE2JS, RE2JSSyntaxException } = library();
  try {
    const pattern = RE2JS.compile(wanted, RE2JS.CASE_INSENSITIVE);
    return { isIn: (text) => pattern.matcher(text).find(), placeIn: (text) => place(pattern, text), fault: null };
  } catch (error) {
    const plain = wanted.toLowerCase();
    const at = (text: string): number => text.toLowerCase().indexOf(plain);
    return {
      isIn: (text) => at(text) >= 0,
      placeIn: (text) => (at(text) < 0 ? null : [at(text), at(text) + plain.length]),
      fault: error instanceof RE2JSSyntaxException ? error.getDescription() : 'it makes no sense',
    };
  }
}

function place(pattern: Re2.RE2JS, text: string): readonly [number, number] | null {
  const matcher = pattern.matcher(text);
  return matcher.find() && matcher.end() > matcher.start() ? [matcher.start(), matcher.end()] : null;
}
