import type { ReadStream, WriteStream } from 'node:tty';
import type { Picture } from '../pixels/picture.ts';
import type { StickKey } from '../pixels/rotate.ts';
import { type ColourDepth, linesOf } from './emulator-lines.ts';
import type { Hat, HatEvents, Words } from './hat.ts';

export interface Terminal {
  readonly in: ReadStream;
  readonly out: WriteStream;
  readonly depth: ColourDepth;
}

const keys: Readonly<Record<string, StickKey>> = {
  '\x1b[A': 'up',
  '\x1b[B': 'down',
  '\x1b[C': 'right',
  '\x1b[D': 'left',
  '\x1bOA': 'up',
  '\x1bOB': 'down',
  '\x1bOC': 'right',
  '\x1bOD': 'left',
  ...{ k: 'up', j: 'down', l: 'right', h: 'left', '\r': 'in', '\n': 'in', ' ': 'in' },
};

/** Keys that leave at once: q, Ctrl-C, Ctrl-D. */
const leaving: ReadonlySet<string> = new Set(['q', '\x03', '\x04']);

/** What was typed, of what means something here: an escape sequence that is none of the keys is no letters, either. */
export const keysOf = (typed: string): (StickKey | 'leave')[] =>
  (typed.match(/\x1b(?:\[[0-?]*[ -/]*[@-~]|O[\s\S]|[^[O])?|[^\x1b]/g) ?? []).flatMap((key) =>
    leaving.has(key) ? ['leave' as const] : (keys[key] ?? []),
  );

/** The other screen, without a cursor, on which what is too wide is cut off. */
const enter = '\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[2J';
const leave = '\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l';

/** A HAT in a terminal: half blocks for its lights, arrow keys and Enter for its joystick. q leaves it. */
export function openEmulator(terminal: Terminal, { onKey, onLeave }: HatEvents): Hat {
  const { in: input, out } = terminal;
  let last: readonly [Picture, Words] | null = null;
  let written: readonly string[] = [];
  const heard = (data: Buffer): void => {
    for (const key of keysOf(data.toString('latin1'))) {
      if (key === 'leave') onLeave();
      else onKey(key);
    }
  };
  const show = (picture: Picture, words: Words): void => {
    last = [picture, words];
    const rows = linesOf(picture, words, { columns: out.columns || 80, rows: out.rows || 24 }, terminal.depth);
    const changed = rows.map((row, i) => (row === written[i] ? '' : `\x1b[${i + 1};1H${row}\x1b[0m\x1b[K`));
    out.write(changed.join(''));
    written = rows;
  };
  const resized = (): void => {
    out.write('\x1b[2J');
    written = [];
    if (last) show(...last);
  };
  const giveBack = (): void => void out.write(leave);
  process.once('exit', giveBack);
  out.write(enter);
  out.on('resize', resized);
  input.setRawMode(true).resume().on('data', heard);
  return {
    show,
    close: async () => {
      process.off('exit', giveBack);
      out.off('resize', resized);
      input.off('data', heard).pause().setRawMode(false);
      await new Promise<void>((resolve) => out.write(leave, () => resolve()));
    },
  };
}
