import { charactersOf } from '../text/characters.ts';
import type { Typed } from './monitor.ts';

/** A line with so much in it, to be gone on with. */
export const typedLine = (text = ''): Typed => ({ text, at: charactersOf(text).length });

/** The line after a key, as readline has them; null where the key is none for a line. */
export function typing({ text, at }: Typed, key: string): Typed | null {
  const characters = charactersOf(text);
  const put = (from: number, to: number, added = ''): Typed => {
    return {
      text: [...characters.slice(0, from), added, ...characters.slice(to)].join(''),
      at: from + charactersOf(added).length,
    };
  };
  switch (key) {
    case 'backspace':
      return put(Math.max(0, at - 1), at);
    case 'delete':
    case 'ctrl-d':
      return { ...put(at, at + 1), at };
    case 'left':
    case 'ctrl-b':
      return { text, at: Math.max(0, at - 1) };
    case 'right':
    case 'ctrl-f':
      return { text, at: Math.min(characters.length, at + 1) };
    case 'home':
    case 'ctrl-a':
      return { text, at: 0 };
    case 'end':
    case 'ctrl-e':
      return { text, at: characters.length };
    case 'ctrl-u':
      return put(0, at);
    case 'ctrl-k':
      return { ...put(at, characters.length), at };
    case 'ctrl-w':
      return put(
        characters
          .slice(0, at)
          .join('')
          .replace(/\S*\s*$/, '').length,
        at,
      );
    case 'space':
      return put(at, at, ' ');
    default:
      return /^[^\x00-\x1f\x7f]$/u.test(key) ? put(at, at, key) : null;
  }
}
