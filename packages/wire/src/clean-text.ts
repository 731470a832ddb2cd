/**
 * The value with text that any peer takes, any database holds and any terminal shows: half characters and control
 * characters (C0 but tab and line feed, DEL, C1) become U+FFFD, ends of lines a line feed. A value without any is
 * returned itself.
 */
export function withCleanText(value: unknown): unknown {
  if (typeof value === 'string') return cleaned(value);
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Array.isArray(value) ? cleanList(value) : cleanMap(value as Readonly<Record<string, unknown>>);
}

const cleaned = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\p{Surrogate}]/gu, '\ufffd');

function cleanList(list: readonly unknown[]): readonly unknown[] {
  const clean = list.map(withCleanText);
  return clean.every((one, i) => one === list[i]) ? list : clean;
}

function cleanMap(map: Readonly<Record<string, unknown>>): object {
  const entries = Object.entries(map);
  const clean = entries.map(([key, one]) => [cleaned(key), withCleanText(one)] as const);
  return clean.every(([key, one], i) => key === entries[i]![0] && one === entries[i]![1])
    ? map
    : Object.fromEntries(clean);
}
