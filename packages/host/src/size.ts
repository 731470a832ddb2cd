const letters = ['B', 'K', 'M', 'G', 'T', 'P'] as const;

const written = /^\s*(\d+(?:\.\d+)?)\s*(?:([KMGTP])(i?B)?|B)?\s*$/i;

/**
 * Bytes that a text like `2GiB`, `500M`, `64 MB` or `1024` stands for. `M` and `MiB` are 2²⁰ bytes, `MB` is 10⁶.
 * Throws an Error that says how sizes are written.
 */
export function parseSize(text: string): number {
  const [, number, letter, suffix] = written.exec(text.slice(0, 60)) ?? [];
  if (number === undefined) throw new Error(`"${text.slice(0, 60)}" is no size: write it like 500M, 2GiB or 1024`);
  const base = suffix?.toLowerCase() === 'b' ? 1000 : 1024;
  const power = letter === undefined ? 0 : letters.indexOf(letter.toUpperCase() as (typeof letters)[number]);
  return Math.round(Number(number) * base ** power);
}

/** Bytes as people read them, in powers of 1024 with at most one decimal: `2 GiB`, `1.5 MiB`, `17 B`. */
export function formatSize(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(letters.length - 1, Math.floor(Math.log2(bytes) / 10));
  const shown = Math.round((bytes / 1024 ** power) * 10) / 10;
  if (shown >= 1024 && power < letters.length - 1) return `1 ${letters[power + 1]!}iB`;
  return power === 0 ? `${Math.round(bytes)} B` : `${shown >= 100 ? Math.round(shown) : shown} ${letters[power]!}iB`;
}
