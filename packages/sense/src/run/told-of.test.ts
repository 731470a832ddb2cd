import { expect, test } from 'vitest';
import { toldOf } from './told-of.ts';

const line = (subject: string) => ({ subject, text: 'It is lost.' });

test('what was done is told in a word, and what was not before it, with why', () => {
  const done = { done: [line('a'), line('b')], refused: [] };
  expect(toldOf(done, 'paused all')).toEqual({ good: true, text: 'paused all' });
  expect(toldOf({ ...done, refused: [line('c')] }, 'paused all')).toEqual({
    ...{ good: false, text: 'not c: It is lost. Else paused all.' },
  });
  expect(toldOf({ done: [], refused: [line('a'), line('b'), line('c')] }, 'paused all')).toEqual({
    ...{ good: false, text: 'not a: It is lost. And 2 more.' },
  });
  expect(toldOf({ done: [], refused: [] }, 'paused all')).toEqual({ good: true, text: 'nothing to do' });
});
