import { join } from 'node:path';
import { asTyped, type Typing } from '@piw/host/as-typed';
import { shellWord } from '@piw/host/shell-word';
import { usualDir } from './options.ts';

/** How a farm that goes on in the background is shown again and ended, as it is typed for the folder that it was started with. */
export function goesOnWords(dir: string, typing: Typing): string {
  const [start, stop] =
    dir === usualDir ? ['', ''] : [` -- --dir ${shellWord(dir)}`, ` --run-dir ${shellWord(join(dir, 'run'))}`];
  return `It goes on. "npm start${start}" shows it again, "${asTyped('piw-control', typing)} stop${stop}" ends it.`;
}
