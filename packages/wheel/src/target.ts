import { z } from 'zod';

const tagPart = z.string().max(100).regex(/^[a-z0-9_]+$/, 'a tag has lower-case letters, digits and "_" only');

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
