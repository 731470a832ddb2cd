import { type Terminal as AnyTerminal, FullScreen } from '@piw/operator/terminal/full-screen';
import { Suspension } from '@piw/operator/terminal/suspension';
import { terminalSize } from '@piw/operator/terminal/terminal-size';
import type { Picture } from '../pixels/picture.ts';
import type { StickKey } from '../pixels/rotate.ts';
import { type ColourDepth, linesOf } from './emulator-lines.ts';
import type { Hat, HatEvents, Words } from './hat.ts';

/** A terminal that may stand for a HAT. */
export interface Terminal extends AnyTerminal {
  readonly depth: ColourDepth;
}

const sticks: Readonly<Record<string, StickKey>> = {
  ...{ '\x1b[A': 'up', '\x1b[B': 'down', '\x1b[C': 'right', '\x1b[D': 'left' },
  ...{ '\x1bOA': 'up', '\x1bOB': 'down', '\x1bOC': 'right', '\x1bOD': 'left' },
  ...{ k: 'up', j: 'down', l: 'right', h: 'left', '\r': 'in', '\n': 'in', ' ': 'in' },
};

const others: Readonly<Record<string, 'leave' | 'suspend'>> = {
  ...{ q: 'leave', '\x03': 'leave', '\x04': 'leave', '\x1a': 'suspend' },
};

/** What keys mean, of a terminal's: one that has an escape sequence, or characters that were typed. */
export const keysOf = (typed: string): (StickKey | 'leave' | 'suspend')[] =>
  (typed.startsWith('\x1b') ? [typed] : Array.from(typed)).flatMap((key) => sticks[key] ?? others[key] ?? []);

/** A HAT in a terminal: half blocks for its lights, arrow keys and Enter for its joystick. q leaves it; what is pasted is no keys. */
export function openEmulator({ depth, ...terminal }: Terminal, { onKey, onLeave, onTold }: HatEvents): Hat {
  const { out } = terminal;
  let last: readonly [Picture, Words] | null = null;
  const show = (picture: Picture, words: Words): void => {
    last = [picture, words];
    screen.draw(linesOf(picture, words, terminalSize(out), depth));
  };
  const keys = (typed: string): void => {
    for (const key of keysOf(typed)) {
      if (key === 'leave') onLeave();
      else if (key === 'suspend') void suspension.suspend();
      else onKey(key);
    }
  };
  const resized = (): void => {
    screen.resized();
    if (last) show(...last);
  };
  const screen: FullScreen = new FullScreen(terminal, { keys, paste: () => undefined });
  const suspension = new Suspension(screen, onTold);
  out.on('resize', resized);
  screen.enter();
  screen.hear();
  return {
    show,
    close: () => {
      suspension.close();
      out.off('resize', resized);
      screen.leave();
      return screen.isTaken();
    },
  };
}
