import { open } from 'node:fs/promises';
import { armAttributes, runsOnArmv6 } from './arm-attributes.ts';
import { startsElf } from './elf-header.ts';
import { defaultLimits } from './expansion.ts';
import { stampWheel } from './stamp-wheel.ts';
import type { Tag } from './tag.ts';
import { UnsoundError } from './unsound-error.ts';
import { readEntryBytes } from './wheel-contents.ts';
import { readZipDirectory } from './zip-directory.ts';

/** The one platform whose wheels may also serve another, if their code allows it (DESIGN §9). */
const pair = { from: 'linux_armv7l', to: 'linux_armv6l' };

/** Whether wheels built on a platform may be published under another one's name at all. */
export const mayBeAlias = (platform: string, alias: string): boolean => platform === pair.from && alias === pair.to;

/** Larger code than this isn't looked at, and so gets no alias. */
const mostBytes = 512 << 20;

/**
 * Writes a sound wheel once more into `folder` for the alias of its platform, if all its code runs there; returns the new path.
 * Undefined where it is for any platform, for others too, or some of its code needs more than ARMv6.
 */
export async function aliasWheel(
  wheel: string,
  { tags, folder }: { readonly tags: readonly Tag[]; readonly folder: string },
): Promise<string | undefined> {
  if (!tags.every((tag) => tag.endsWith(`-${pair.from}`)) || !(await runsEverywhere(wheel))) return undefined;
  const aliased = tags.map((tag) => tag.slice(0, -pair.from.length) + pair.to);
  return stampWheel(wheel, folder, { tags: aliased });
}

async function runsEverywhere(wheel: string): Promise<boolean> {
  const file = await open(wheel, 'r');
  try {
    const { size } = await file.stat();
    const directory = await readZipDirectory(file, size, defaultLimits.entries);
    for (const entry of directory.entries) {
      const bytes = await readEntryBytes(file, directory, entry, mostBytes);
      if (!startsElf(bytes)) continue;
      const attributes = armAttributes(bytes);
      if (!attributes || !runsOnArmv6(attributes)) return false;
    }
    return true;
  } catch (error) {
    if (error instanceof UnsoundError) return false;
    throw error;
  } finally {
    await file.close();
  }
}
