/**
 * The value with text that any peer takes, any database holds and any terminal shows: half characters and control
 * characters (C0 but tab and line feed, DEL, C1) become U+FFFD, ends of lines a line feed; of marks that are heaped on
 * one character the first eight stay. A value without any is returned itself.
 */
export function withCleanText(value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Array.isArray(value) ? cleanList(value) : cleanMap(value as Readonly<Record<string, unknown>>);
}

const forbidden = /[\x00-\x08\x0b-\x1f\x7f-\x9f\p{Surrogate}]/gu;
const heaped = /(\p{M}{8})\p{M}+/gu;
const unclean = new RegExp(`${forbidden.source}|\\p{M}{9}`, 'u');

/** Most text is clean, and looked at once. */
const cleaned = (text: string): string =>
  unclean.test(text) ? withFewMarks(text.replace(/\r\n?/g, '\n').replace(forbidden, '\ufffd')) : text;

/** The text with no more marks on a character than any script has: thousands would be drawn, and measured, with every picture. */
export const withFewMarks = (text: string): string => text.replace(heaped, '$1');

function cleanList(list: readonly unknown[]): readonly unknown[] {
  const clean = list.map(withCleanText);
  return clean.every((one, i) => one === list[i]) ? list : clean;
}

function cleanMap(map: Readonly<Record<string, unknown>>): object {
  const keys = Object.keys(map);
  const clean = keys.map((key) => withCleanText(map[key]));
  if (keys.every((key, i) => clean[i] === map[key] && cleaned(key) === key)) return map;
  return Object.fromEntries(keys.map((key, i) => [cleaned(key), clean[i]]));
}
