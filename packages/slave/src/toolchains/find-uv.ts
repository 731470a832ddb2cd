import { join } from 'node:path';
import { behindShims } from '../interpreters/behind-shims.ts';
import { directoriesOf, isProgram, systemPath } from './find-program.ts';

/** The program uv itself, of a PATH or the system, and no shim of pyenv's, which takes longer each time than uv does; null where there is none. */
export async function findUv(path: string, signal: AbortSignal): Promise<string | null> {
  for (const folder of [...directoriesOf(path), ...systemPath]) {
    if (!isProgram(join(folder, 'uv'))) continue;
    const real = (await behindShims(folder, signal)).map((each) => join(each, 'uv')).find(isProgram);
    if (real !== undefined) return real;
  }
  return null;
}
