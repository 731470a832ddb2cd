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
 * The names of the keys in what ink heard: `up`, `ctrl-z`, `space`, `K`. Several characters at once are as many keys. What ink calls
 * delete is the backspace key of most terminals (DEL, 127): a line that is typed treats it so.
 */
export function keyNames(input: string, key: Key): readonly string[] {
  if (input === '\n') return ['enter'];
  if (key.tab) return [key.shift ? 'shift-tab' : 'tab'];
  for (const one of named) if (key[one]) return [one === 'delete' ? 'backspace' : names[one]];
  if (key.ctrl) return input === '' ? [] : [`ctrl-${input}`];
  if (key.meta) return [];
  return Array.from(input.replace(/[\x00-\x1f\x7f]/g, ''), (one) => (one === ' ' ? 'space' : one));
}
