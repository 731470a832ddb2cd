import { z } from 'zod';
import { targetRank } from './target-rank.ts';

const tagPart = z
  .string()
  .max(100)
  .regex(/^[a-z0-9_]+$/, 'a tag has lower-case letters, digits and "_" only');

/** What wheels are built for: an ABI tag and a platform tag (PEP 425), `cp311` on `linux_aarch64`. */
export const target = z.object({ abi: tagPart, platform: tagPart });

export type Target = z.output<typeof target>;

/** `cp311-linux_aarch64`, as commands print and accept it. */
export const targetName = ({ abi, platform }: Target): string => `${abi}-${platform}`;

/** Reads `cp311-linux_aarch64`; undefined where the text is no target. */
export function parseTargetName(text: string): Target | undefined {
  const [abi, platform, ...rest] = text.split('-');
  const parsed = target.safeParse({ abi, platform });
  return parsed.success && rest.length === 0 ? parsed.data : undefined;
}

/** Negative where `a` stands lower: by platform, alphabetically; within one by rank, CPython from old to new, then free-threaded, then PyPy. */
export function compareTargets(a: Target, b: Target): number {
  if (a.platform !== b.platform) return a.platform < b.platform ? -1 : 1;
  const [left, right] = [targetRank(a.abi), targetRank(b.abi)];
  for (const [i, rank] of left.entries()) {
    const order = rank - (right[i] ?? 0);
    if (order !== 0) return order;
  }
  return a.abi === b.abi ? 0 : a.abi < b.abi ? -1 : 1;
}
