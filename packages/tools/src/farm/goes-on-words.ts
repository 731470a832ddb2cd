import { join } from 'node:path';
import { asTyped } from '@piw/host/as-typed';
import { usualDir } from './options.ts';

/** How a farm that goes on in the background is shown again and ended, as it is typed for the folder that it was started with. */
export function goesOnWords(dir: string, env: NodeJS.ProcessEnv): string {
  const [start, stop] =
    dir === usualDir ? ['', ''] : [` -- --dir ${shellWord(dir)}`, ` --run-dir ${shellWord(join(dir, 'run'))}`];
  return `It goes on. "npm start${start}" shows it again, "${asTyped('piw-control', env)} stop${stop}" ends it.`;
}

/** A word of a shell's line. */
const shellWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
