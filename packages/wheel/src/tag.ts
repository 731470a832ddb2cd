/** A tag of PEP 425: Python, ABI and platform, `cp311-cp311-linux_x86_64`. */
export type Tag = string;

/** More than any wheel has; fewer than would do harm. */
const mostTags = 1000;

/** The tags that a compressed tag set means, in its order (PEP 425, "Compressed Tag Sets"); none where it is malformed or too large. */
export function expandTag(compressed: string): Tag[] {
  const sets = compressed
    .toLowerCase()
    .split('-', 4)
    .map((set) => set.split('.'));
  const [pythons = [], abis = [], platforms = []] = sets;
  const wellFormed = sets.length === 3 && sets.flat().every((part) => /^[a-z0-9_]+$/.test(part));
  if (!wellFormed || pythons.length * abis.length * platforms.length > mostTags) return [];
  return pythons.flatMap((python) =>
    abis.flatMap((abi) => platforms.map((platform) => `${python}-${abi}-${platform}`)),
  );
}

/** The compressed tag set that means these tags (PEP 425); undefined where no single one does. */
export function compressTags(tags: readonly Tag[]): string | undefined {
  const parts = tags.map((tag) => tag.split('-'));
  const column = (index: number) => [...new Set(parts.map((part) => part[index]))].join('.');
  const compressed = `${column(0)}-${column(1)}-${column(2)}`;
  const expanded = new Set(expandTag(compressed));
  const same = expanded.size === new Set(tags).size && tags.every((tag) => expanded.has(tag));
  return same && tags.length > 0 ? compressed : undefined;
}

/** The ABI of a tag: `cp311`, `abi3`, `none`. */
export const abiOfTag = (tag: Tag): string => tag.split('-')[1] ?? '';

/** Whether a tag holds on every platform. */
export const fitsAnyPlatform = (tag: Tag): boolean => tag.endsWith('-any');
