import { copyFile, mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import type { BuildEnd } from '../build/build-order.ts';

/** Puts the wheels of a build into a folder, each whole or not at all; their paths there. */
export async function deliver(files: BuildEnd['files'], folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return await Promise.all(
    files.map(async ({ path: file, filename }) => {
      const partial = path.join(folder, `.${filename}.${process.pid}`);
      const whole = path.join(folder, filename);
      await copyFile(file, partial);
      await rename(partial, whole);
      return whole;
    }),
  );
}
