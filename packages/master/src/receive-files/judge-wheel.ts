import { rm } from 'node:fs/promises';
import { basename } from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
import { aliasWheel } from '@piw/wheel/alias-wheel';
import { verifyWheel } from '@piw/wheel/soundness';
import type { Verdict, WheelExpectation, WheelFacts } from '@piw/wheel/wheel-file';
import { parseWheelName } from '@piw/wheel/wheel-name';
import type { Alias } from '../drive-slaves/received.ts';

/** A wheel at a path, and what it must be; in a folder, a sound one is written once more for the alias of its platform. */
export interface WheelQuestion {
  readonly path: string;
  readonly expected: WheelExpectation;
  readonly aliasFolder: string | null;
}

type SoundAnswer = Extract<Verdict, { sound: true }> & { readonly alias: Alias | null };

/** How the wheel is, or why its file can't be read at all. */
export type WheelAnswer = SoundAnswer | Exclude<Verdict, { sound: true }> | { readonly unreadable: string };

/** Whether a wheel is what it must be; never rejects because of the disk. */
export async function judgeWheel({ path, expected, aliasFolder }: WheelQuestion): Promise<WheelAnswer> {
  try {
    const verdict = await verifyWheel(path, expected);
    if (!verdict.sound) return verdict;
    return {
      ...verdict,
      alias: aliasFolder === null ? null : await aliasOf(path, verdict.facts, expected, aliasFolder),
    };
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return { unreadable: error.message };
  }
}

/** Null where the wheel's code, or its tags, allow none. What an earlier try left is made again. */
async function aliasOf(
  path: string,
  { tags }: WheelFacts,
  expected: WheelExpectation,
  folder: string,
): Promise<Alias | null> {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const alias = await aliasWheel(path, { tags, folder });
  if (alias === undefined) return null;
  const filename = basename(alias);
  const own = { filename, tags: new Set(parseWheelName(filename)?.tags) };
  const { package: name, version } = expected;
  const verdict = await verifyWheel(alias, { package: name, version, ...own });
  if (!verdict.sound) throw new Error(`${filename} became unsound: ${verdict.faults.join('; ')}`);
  return { facts: verdict.facts, path: alias };
}
