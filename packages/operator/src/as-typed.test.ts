import { plainTyping } from '@piw/host/as-typed';
import { ControlError } from '@piw/wire/control-error';
import { boardOf } from '@piw/wire/status-board';
import { exampleSnapshot } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { asTypedIn } from './as-typed.ts';

const one = { id: 1, kind: 'x', subject: 'pi', text: 'pi is quarantined.', raisedMs: 0, clearedMs: null };
const board = boardOf({ ...exampleSnapshot(), attention: [{ ...one, remedy: 'Then: piw-control lift pi' }] });
const feed = { board, heardMs: 0, trouble: new ControlError('unadmitted', 'no', 'Have it let in: piw-keys authorize') };
const answer = {
  groups: [{ remedy: 'then: piw-control retry', subject: 'piw-x y', n: 3 }],
  bytes: new Uint8Array([1]),
};

test('what the master says to type is shown as it is typed here: of attention, of answers, of what went wrong', () => {
  const npm = asTypedIn({ npx: true, master: '' });
  const seen = npm.feed(feed);
  expect(seen.board?.attention.get(1)?.remedy).toBe('Then: npx piw-control lift pi');
  expect(seen.trouble).toMatchObject({ kind: 'unadmitted', remedy: 'Have it let in: npx piw-keys authorize' });
  expect(npm.feed(feed).board).toBe(seen.board);
  const { groups, bytes } = npm.answer(answer);
  expect(groups).toEqual([{ remedy: 'then: npx piw-control retry', subject: 'piw-x y', n: 3 }]);
  expect(bytes).toBe(answer.bytes);
});

test('who has the programs on the PATH sees what the master says', () => {
  const plain = asTypedIn(plainTyping);
  expect(plain.feed(feed)).toBe(feed);
  expect(plain.answer(answer)).toBe(answer);
});

test('who named the master sees commands that name it too', () => {
  const named = asTypedIn({ npx: false, master: '--run-dir /run/farm' });
  expect(named.feed(feed).board?.attention.get(1)?.remedy).toBe('Then: piw-control --run-dir /run/farm lift pi');
});
