import { access, constants, copyFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
import { Refusal } from '@piw/host/operator-error';
import type { BuildEnd } from '../build/build-order.ts';

/** Makes the folder for wheels where it is missing, before hours of building for it; throws a Refusal where none can be put there. */
export async function prepareOutput(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (cause) {
    const why = `No wheel can be put into ${folder}: ${(cause as Error).message}.`;
    throw new Refusal(why, 'Give another folder with --output.', { cause });
  }
}

/** Puts the wheels of a build into a folder, each whole or not at all; their paths there. Throws a Refusal where one has no room there. */
export async function deliver(files: BuildEnd['files'], folder: string): Promise<string[]> {
  return await Promise.all(
    files.map(async ({ path: file, filename }) => {
      const partial = path.join(folder, `.${filename}.${process.pid}`);
      const whole = path.join(folder, filename);
      try {
        await copyFile(file, partial);
        await rename(partial, whole);
      } catch (cause) {
        await rm(partial, { force: true });
        const [what] = (cause as Error).message.split(',', 1); // the rest is both paths
        throw new Refusal(
          `The wheel can't be put into ${folder}: ${what}.`,
          `It is kept: make room there, then: cp ${file} ${folder}`,
          { cause },
        );
      }
      return whole;
    }),
  );
}
