import type { Key } from 'ink';

const named = [
  ...(['upArrow', 'downArrow', 'leftArrow', 'rightArrow', 'pageUp', 'pageDown', 'home', 'end'] as const),
  ...(['return', 'escape', 'backspace', 'delete'] as const),
] as const satisfies readonly (keyof Key)[];

const names: Readonly<Record<(typeof named)[number], string>> = {
  ...{ upArrow: 'up', downArrow: 'down', leftArrow: 'left', rightArrow: 'right' },
  ...{ pageUp: 'pageup', pageDown: 'pagedown', home: 'home', end: 'end' },
  ...{ return: 'enter', escape: 'esc', backspace: 'backspace', delete: 'delete' },
};

/**
 * The names of the keys in what ink heard: `up`, `ctrl-z`, `space`, `K`. Several characters at once are as many keys.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  for (const one of named) if (key[one]) return [names[one]];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  return Array.from(input, nameOf);
}

/** Of keys that come together with others, as they do from somebody fast, or over a slow line. */
function nameOf(character: string): string {
  const code = character.codePointAt(0)!;
  if (character === '\r' || character === '\n') return 'enter';
  if (character === '\t') return 'tab';
  if (code === 0x7f || code === 0x08) return 'backspace';
  if (code < 0x20) return `ctrl-${String.fromCodePoint(code + 0x60)}`;
  return character === ' ' ? 'space' : character;
}
