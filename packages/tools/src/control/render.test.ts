import { expect, test } from 'vitest';
import { facts, line, section, styled, table } from './page.ts';
import { render, screenOf } from './render.ts';

const pipe = { colours: false, columns: undefined };
const stdout = (isTTY: boolean) => ({ isTTY, columns: 80, write: () => true });

test('colours are for terminals, and for those who want them', () => {
  expect(screenOf({ stdout: stdout(true), env: {} })).toEqual({ colours: true, columns: 80 });
  expect(screenOf({ stdout: stdout(true), env: { NO_COLOR: '1' } })).toEqual({ colours: false, columns: 80 });
  expect(screenOf({ stdout: stdout(false), env: {} })).toEqual(pipe);
});

test('columns stand under each other, with and without colours', () => {
  const page = [
    table(
      ['SLAVE', 'STATE', 'FOR'],
      [
        ['pi-2', styled('bad', 'lost'), '2m'],
        ['pi-10', 'idle', '1h'],
      ],
    ),
  ];
  expect(render(page, pipe)).toEqual(['SLAVE  STATE  FOR', 'pi-2   lost   2m', 'pi-10  idle   1h']);
  expect(render(page, { colours: true, columns: 80 })[1]).toBe('pi-2   \x1b[31mlost\x1b[39m   2m');
});

test('a stranger can neither command the terminal nor forge a line', () => {
  const evil = 'a\x1b[2Jb\nforged\r\x07\x9b1m';
  const page = [
    line(evil),
    table([evil], [[styled('good', evil)]]),
    facts([[evil, evil]]),
    ...section(evil, [], [[evil]]),
  ];
  const lines = render(page, { colours: false, columns: 80 });
  expect(lines).toHaveLength(7);
  expect(lines.join('')).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
});

test('the last column gives way where the terminal ends, and a pipe has no end', () => {
  const page = [table(['WHY', 'MORE'], [['missing', 'word '.repeat(40).trim()]])];
  const [, cut] = render(page, { colours: false, columns: 50 });
  expect(cut!.length).toBeLessThanOrEqual(50);
  expect(cut).toMatch(/^missing {2}word word .*…$/);
  expect(render(page, pipe)[1]).toMatch(/word word$/);
});

test('a section without rows, and facts that are unknown, are not shown', () => {
  expect(render([...section('Attention', [], []), facts([['site', null]])], pipe)).toEqual([]);
});
