import { charactersOf } from '../text/characters.ts';
import type { Typed } from './monitor.ts';

/** A line with so much in it, to be gone on with. */
export const typedLine = (text = ''): Typed => ({ text, at: charactersOf(text).length });

/** The line after a text was put where one is in it. */
export function inserted({ text, at }: Typed, added: string): Typed {
  const characters = charactersOf(text);
  const before = [...characters.slice(0, at), added].join('');
  return { text: before + characters.slice(at).join(''), at: charactersOf(before).length };
}

/** The line after a key, as readline has them; null where the key is none for a line. */
export function typing({ text, at }: Typed, key: string): Typed | null {
  const characters = charactersOf(text);
  const without = (from: number, to: number): Typed => ({
    text: [...characters.slice(0, from), ...characters.slice(to)].join(''),
    at: from,
  });
  switch (key) {
    case 'backspace':
      return without(Math.max(0, at - 1), at);
    case 'delete':
    case 'ctrl-d':
      return { ...without(at, at + 1), at };
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
      return without(0, at);
    case 'ctrl-k':
      return { ...without(at, characters.length), at };
    case 'ctrl-w':
      return without(
        characters
          .slice(0, at)
          .join('')
          .replace(/\S*\s*$/, '').length,
        at,
      );
    case 'space':
      return inserted({ text, at }, ' ');
    default:
      return /^[^\x00-\x1f\x7f]$/u.test(key) ? inserted({ text, at }, key) : null;
  }
}
