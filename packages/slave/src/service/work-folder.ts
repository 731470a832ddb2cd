import { mkdir } from 'node:fs/promises';
import { Refusal } from '@piw/host/operator-error';
import { removeTree } from '../build/remove-tree.ts';

/** An empty folder for this user alone, whatever a predecessor left in it; throws a Refusal where it can't be had. */
export async function emptyFolder(dir: string): Promise<string> {
  try {
    await removeTree(dir);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    return dir;
  } catch (cause) {
    throw new Refusal(
      `The slave can't work in ${dir}: ${(cause as Error).message}.`,
      'Give another folder with --dir.',
      {
        cause,
      },
    );
  }
}
