import { type Target, target } from '@piw/wheel/target';

/**
 * What a Python builds for, told by what it accepts (packaging.tags, best first): the ABI of its best tag, and on musl the newest
 * musllinux, else plain linux. Of several plain ones the last: a 32-bit Python on a 64-bit kernel accepts armv8l before armv7l, and builds
 * the latter. Undefined where the tags name none.
 */
export function targetOfTags(tags: readonly string[]): Target | undefined {
  const [implementation, abi] = tags[0]?.split('-') ?? [];
  const own = `${implementation}-${abi}-`;
  const platforms = tags.filter((tag) => tag.startsWith(own)).map((tag) => tag.slice(own.length));
  const platform =
    platforms.find((name) => name.startsWith('musllinux_')) ??
    platforms.findLast((name) => name.startsWith('linux_')) ??
    platforms[0];
  return target.safeParse({ abi, platform }).data;
}
