import { expect, test } from 'vitest';
import { makeKeyPair } from './key-pair.ts';
import { Proven } from './proven.ts';

const [ann, bob] = [makeKeyPair().publicKey, makeKeyPair().publicKey];

test('a key with ever more connections makes the master forget its own oldest, and nobody else’s', () => {
  const proven = new Proven(2);
  proven.add('b1', bob);
  for (const peer of ['a1', 'a2', 'a2', 'a3']) proven.add(peer, ann);
  expect(['b1', 'a1', 'a2', 'a3'].map((peer) => proven.keyOf(peer))).toEqual([bob, undefined, ann, ann]);
});

test('a connection that proves another key is that one’s', () => {
  const proven = new Proven(1);
  proven.add('p1', ann);
  proven.add('p1', bob);
  proven.add('p2', ann);
  expect(['p1', 'p2'].map((peer) => proven.keyOf(peer))).toEqual([bob, ann]);
});
