import stringWidth from 'string-width';

/**
 * How many columns of a terminal a text takes: wide characters two, combining ones none. Terminals count code point by code point, as
 * wcwidth does, whatever people take for one character.
 */
export function widthOf(text: string): number {
  if (isPlain(text)) return text.length;
  let width = 0;
  for (const one of text) width += widthOfOne(one);
  return width;
}

/** Printable ASCII, of which every character is a column. */
export const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

/** Marks that take room of their own, as vowels of Indian scripts do. */
const spacing = /^\p{Mc}$/u;

function widthOfOne(one: string): number {
  const code = one.codePointAt(0)!;
  if (code >= 0x20 && code < 0x7f) return 1;
  if (isOurs(code) || spacing.test(one)) return 1;
  return stringWidth(one);
}

/** Lines, blocks, shapes and dots that this program itself draws with: known without asking. */
const isOurs = (code: number): boolean => (code >= 0x2500 && code < 0x25fd) || (code >= 0x2800 && code < 0x2900);
