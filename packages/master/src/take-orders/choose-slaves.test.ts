import { expect, test } from 'vitest';
import { aSlave } from '../keep-count/testing/boards.ts';
import { choosePresent, chooseSlaves } from './choose-slaves.ts';

const rocks = ['rock-1', 'rock-2', 'rock-3'].map((label, i) => aSlave({ slave: i + 1, label }));
const labels = ({ slaves }: { slaves: readonly { label: string }[] }) => slaves.map(({ label }) => label);

test('a label that is no slave is refused by itself, with the one that was meant', () => {
  const chosen = chooseSlaves(['rock-2', 'rok-3', 'rock-2'], rocks);
  expect(labels(chosen)).toEqual(['rock-2']);
  expect(chosen.refused).toEqual([{ subject: 'rok-3', text: 'There is no slave rok-3. Is it rock-3?' }]);
});

test('an order about nobody that there is is refused as a whole', () => {
  expect(() => chooseSlaves(['parrot'], rocks)).toThrow('There is no slave parrot.');
});

test('who is away cannot be told to go', () => {
  const pictures = [aSlave({ label: 'here' }), aSlave({ slave: 2, label: 'there', state: 'lost' })];
  expect(labels(choosePresent('all', pictures))).toEqual(['here']);
  expect(choosePresent(['here', 'there'], pictures).refused).toEqual([{ subject: 'there', text: 'there is lost.' }]);
});
