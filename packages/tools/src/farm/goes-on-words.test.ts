import { expect, test } from 'vitest';
import { goesOnWords } from './goes-on-words.ts';

test.each([
  ['.farm', false, 'It goes on. "npm start" shows it again, "piw-control stop" ends it.'],
  ['.farm', true, 'It goes on. "npm start" shows it again, "npx piw-control stop" ends it.'],
  [
    '/srv/farm',
    false,
    'It goes on. "npm start -- --dir /srv/farm" shows it again, "piw-control stop --run-dir /srv/farm/run" ends it.',
  ],
  [
    "bob's farm",
    false,
    `It goes on. "npm start -- --dir 'bob'\\''s farm'" shows it again, "piw-control stop --run-dir 'bob'\\''s farm/run'" ends it.`,
  ],
])('a farm on %s that npx started: %j, and that goes on is told of by commands that find it', (dir, npx, words) => {
  expect(goesOnWords(dir, { npx, master: '' })).toBe(words);
});
