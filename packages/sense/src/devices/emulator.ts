import type { ReadStream, WriteStream } from 'node:tty';
import type { Colour } from '../pixels/colour.ts';
import { type Picture, pixelAt, side } from '../pixels/picture.ts';
import type { StickKey } from '../pixels/rotate.ts';
import type { Hat, HatEvents } from './hat.ts';

/** How a terminal shows colours: as they are, as the nearest of 256, or not at all. */
export type ColourDepth = 'true' | '256' | 'none';

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

const enter = '\x1b[?1049h\x1b[?25l\x1b[2J';
const leave = '\x1b[0m\x1b[?25h\x1b[?1049l';

/** A HAT in a terminal: half blocks for its lights, arrow keys and Enter for its joystick. q leaves it. */
export function openEmulator(terminal: Terminal, { onKey, onLeave }: HatEvents): Hat {
  const { in: input, out } = terminal;
  let last: readonly [Picture, string] | null = null;
  const heard = (data: Buffer): void => {
    for (const key of data.toString('latin1').match(/\x1b[[O][A-Z]|[\s\S]/g) ?? []) {
      if (leaving.has(key)) onLeave();
      else if (keys[key]) onKey(keys[key]);
    }
  };
  const show = (picture: Picture, caption: string): void => {
    last = [picture, caption];
    out.write(paint(picture, caption, { columns: out.columns || 80, rows: out.rows || 24 }, terminal.depth));
  };
  const resized = (): void => {
    out.write('\x1b[2J');
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

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Rows that the caption takes, with an empty one above it. */
const captionRows = 2;

/** The bytes that show a picture in the middle of a terminal, as large as it fits up to four times. */
export function paint(picture: Picture, caption: string, { columns, rows }: Size, depth: ColourDepth): string {
  const room = Math.min(Math.floor(columns / side), Math.floor(((rows - captionRows) * 2) / side));
  const scale = Math.max(1, Math.min(4, depth === 'none' ? Math.floor(room / 2) * 2 : room));
  const [wide, high] = [side * scale, Math.ceil((side * scale) / 2)];
  const left = Math.max(0, Math.floor((columns - wide) / 2));
  const top = Math.max(0, Math.floor((rows - captionRows - high) / 2));
  const lines = Array.from({ length: high }, (_, row) => {
    const cells = Array.from({ length: wide }, (__, column) => {
      const at = (half: number): Colour => pixelAt(picture, Math.floor(column / scale), Math.floor(half / scale));
      return cell(at(row * 2), at(row * 2 + 1), depth);
    });
    return `\x1b[${top + row + 1};${left + 1}H${cells.join('')}\x1b[0m`;
  });
  return `${lines.join('')}\x1b[${top + high + captionRows};1H\x1b[2K ${caption.slice(0, columns - 2)}`;
}

/** Two pixels, one above the other; of those without colours only how bright they are. */
function cell(upper: Colour, lower: Colour, depth: ColourDepth): string {
  if (depth === 'none')
    return shades[Math.min(shades.length - 1, Math.ceil((brightness(upper) + brightness(lower)) / 2 / 48))]!;
  return `\x1b[${sgr(38, upper, depth)};${sgr(48, lower, depth)}m▀`;
}

const shades = [' ', '·', '░', '▒', '▓', '█'] as const;

/** As eyes have it (ITU-R BT.601). */
const brightness = ([red, green, blue]: Colour): number => 0.3 * red + 0.59 * green + 0.11 * blue;

const sgr = (ground: 38 | 48, [red, green, blue]: Colour, depth: ColourDepth): string =>
  depth === 'true' ? `${ground};2;${red};${green};${blue}` : `${ground};5;${nearest([red, green, blue])}`;

/** In the cube of 6 × 6 × 6 colours that 256-colour terminals have from 16 on; its steps are 0, 95, 135 … 255. */
const nearest = (colour: Colour): number => {
  const [red, green, blue] = colour.map((value) => (value < 48 ? 0 : Math.max(1, Math.round((value - 55) / 40))));
  return 16 + 36 * red! + 6 * green! + blue!;
};
