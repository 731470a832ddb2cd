import { expect, test } from 'vitest';
import { fromDoor, packDoor, toDoor, unpackDoor } from './admission.ts';
import type { Door, Role } from './door.ts';
import { Doorkeeper } from './doorkeeper.ts';
import { makeKeyPair, sharedSecret } from './key-pair.ts';
import { Keyring } from './keyring.ts';
import { prove } from './proof.ts';

const [master, ann] = [makeKeyPair(), makeKeyPair()];
const annsSecret = sharedSecret(ann.secretKey, master.publicKey);
const ringFor = (role: Role) => new Keyring(master, [{ role, key: ann.publicKey, label: 'ann' }]);

function nonceFor(keeper: Doorkeeper, peer: string): Uint8Array {
  const said = unpackDoor(fromDoor, keeper.challenge(peer)!);
  return said.type === 'CHALLENGE' ? said.body.nonce : new Uint8Array();
}

function showProof(keeper: Doorkeeper, peer: string, nonce: Uint8Array, door: Door = 'slave', own = ann): string {
  const claim = { nonce, visitor: own.publicKey, master: master.publicKey, door };
  const proof = prove(own === ann ? annsSecret : sharedSecret(own.secretKey, master.publicKey), claim);
  const said = packDoor(toDoor, { type: 'PROOF', body: { key: own.publicKey, proof } });
  return unpackDoor(fromDoor, keeper.answer(peer, said)!).type;
}

test('whoever proves an authorized key is known by its label', () => {
  const keeper = new Doorkeeper('slave', ringFor('slave'));
  expect(keeper.holderOf('p1')).toBeUndefined();
  expect(showProof(keeper, 'p1', nonceFor(keeper, 'p1'))).toBe('ADMITTED');
  expect(keeper.holderOf('p1')).toMatchObject({ label: 'ann', role: 'slave' });
});

test('a proof is of no use on another connection', () => {
  const keeper = new Doorkeeper('slave', ringFor('slave'));
  expect(showProof(keeper, 'p2', nonceFor(keeper, 'p1'))).toBe('DENIED');
  expect(keeper.holderOf('p2')).toBeUndefined();
});

test('a proof is of no use at another master, nor at the same one when it has started again', () => {
  const nonce = nonceFor(new Doorkeeper('slave', ringFor('slave')), 'p1');
  expect(showProof(new Doorkeeper('slave', ringFor('slave')), 'p1', nonce)).toBe('DENIED');
});

test('a proof for one socket is of no use on another', () => {
  const keeper = new Doorkeeper('file', ringFor('slave'));
  expect(showProof(keeper, 'p1', nonceFor(keeper, 'p1'), 'slave')).toBe('DENIED');
});

test('nobody proves a key whose secret they lack', () => {
  const keeper = new Doorkeeper('slave', ringFor('slave'));
  const forger = { ...makeKeyPair(), publicKey: ann.publicKey };
  expect(showProof(keeper, 'p1', nonceFor(keeper, 'p1'), 'slave', forger)).toBe('DENIED');
});

test('an operator’s key does not build, and a slave’s gives no orders', () => {
  const slaves = new Doorkeeper('slave', ringFor('operator'));
  expect(showProof(slaves, 'p1', nonceFor(slaves, 'p1'))).toBe('DENIED');
  const control = new Doorkeeper('control', ringFor('slave'));
  expect(showProof(control, 'p1', nonceFor(control, 'p1'), 'control')).toBe('DENIED');
});

test('a revoked key is unheard at once, and heard again as soon as it is authorized again', () => {
  const keyring = ringFor('slave');
  const holders = [{ role: 'slave', key: ann.publicKey, label: 'ann' }] as const;
  const keeper = new Doorkeeper('slave', keyring);
  showProof(keeper, 'p1', nonceFor(keeper, 'p1'));
  keyring.replace([]);
  expect(keeper.holderOf('p1')).toBeUndefined();
  expect(showProof(keeper, 'p1', nonceFor(keeper, 'p1'))).toBe('DENIED');
  keyring.replace(holders);
  expect(showProof(keeper, 'p1', nonceFor(keeper, 'p1'))).toBe('ADMITTED');
});

test('a key that nobody can hold lets nobody in', () => {
  const zero = `piwpub_${Buffer.alloc(32).toString('base64url')}`;
  const keyring = ringFor('slave');
  keyring.replace([{ role: 'slave', key: zero as typeof ann.publicKey, label: 'zero' }]);
  const keeper = new Doorkeeper('slave', keyring);
  const said = packDoor(toDoor, {
    type: 'PROOF',
    body: { key: zero as typeof ann.publicKey, proof: Buffer.alloc(32) },
  });
  expect(unpackDoor(fromDoor, keeper.answer('p1', said)!).type).toBe('DENIED');
});

test('one that proves nothing is answered ten times a second, and no more', () => {
  let nowMs = 0;
  const keeper = new Doorkeeper('slave', ringFor('slave'), () => nowMs);
  const answered = () => Array.from({ length: 100 }, () => keeper.challenge('p1')).filter(Boolean).length;
  expect(answered()).toBe(10);
  nowMs = 1000;
  expect(answered()).toBe(10);
});
