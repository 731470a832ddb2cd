/** A whole piece of what a terminal says: characters as they are typed, the Esc key, a control sequence, an answer (OSC), pasted text. */
export interface Token {
  readonly is: 'typed' | 'esc' | 'sequence' | 'answer' | 'paste';
  readonly text: string;
}

/**
 * ECMA-48's control sequences (5.4) and strings (5.6), as far as terminals send them: CSI, with the mouse reports of old, three characters after
 * `M`, and Linux's function keys; SS3; OSC; the answers of DCS and of kitty's APC. Other keys after Esc are keys, as Alt sends them.
 */
const whole =
  /\x1b(?:\[(?:M[^]{3}|\[[^]|(?![M[])[0-?]*[ -/]*[@-~])|O[\d;]*[@-~]|\]\d[^\x00-\x1f]*(?:\x07|\x1b\\)|(?:P[ -?]|_G)[^\x00-\x1f]*\x1b\\)/uy;
const unfinished =
  /\x1b(?:\[(?:M[^]{0,2}|\[|[0-?]*[ -/]*)|O[\d;]*|\](?:\d[^\x00-\x1f]*\x1b?)?|P(?:[ -?][^\x00-\x1f]*\x1b?)?|_(?:G[^\x00-\x1f]*\x1b?)?)?$/uy;
/** One that something else came into. */
const broken = /\x1b(?:\[[0-?]*[ -/]*|O[\d;]*|\]\d[^\x00-\x1f]*|(?:P[ -?]|_G)[^\x00-\x1f]*)/uy;

const [pasteBegins, pasteEnds] = ['\x1b[200~', '\x1b[201~'];

/** Takes what a terminal says apart; what isn't whole yet is `begun`, and comes again with what follows. No key is ever made of a part of a sequence. */
export function takeTokens(said: string): { readonly tokens: readonly Token[]; readonly begun: string } {
  const tokens: Token[] = [];
  for (let at = 0; at < said.length; ) {
    const escape = said.indexOf('\x1b', at);
    const typed = said.slice(at, escape < 0 ? undefined : escape);
    if (typed !== '') tokens.push({ is: 'typed', text: typed });
    if (escape < 0) break;
    const next = tokenAt(said, escape);
    if (next === null) return { tokens, begun: said.slice(escape) };
    if (next.token) tokens.push(next.token);
    at = next.end;
  }
  return { tokens, begun: '' };
}

/** What begins with this ESC, and where it ends; null where it has not ended yet. */
function tokenAt(said: string, at: number): { readonly token?: Token; readonly end: number } | null {
  if (said.startsWith(pasteBegins, at)) return pasteAt(said, at);
  const text = matchAt(whole, said, at);
  if (text !== null) return { token: { is: text[1] === ']' ? 'answer' : 'sequence', text }, end: at + text.length };
  if (matchAt(unfinished, said, at) !== null) return null;
  const part = matchAt(broken, said, at);
  return part === null ? { token: { is: 'esc', text: '\x1b' }, end: at + 1 } : { end: at + part.length };
}

function pasteAt(said: string, at: number): ReturnType<typeof tokenAt> {
  const from = at + pasteBegins.length;
  const end = said.indexOf(pasteEnds, from);
  return end < 0 ? null : { token: { is: 'paste', text: said.slice(from, end) }, end: end + pasteEnds.length };
}

function matchAt(pattern: RegExp, said: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(said)?.[0] ?? null;
}

/** Whether it is the beginning of a paste, in which what is typed can't be told from what is pasted. */
export const isPaste = (begun: string): boolean => begun.startsWith(pasteBegins);

/** More of what has no end isn't kept than its beginning and what may be the beginning of its end. */
export const bounded = (begun: string): string =>
  begun.length > mostBegun ? begun.slice(0, mostBegun / 2) + begun.slice(-pasteEnds.length) : begun;
const mostBegun = 1 << 16;
