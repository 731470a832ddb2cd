import { expect, test } from 'vitest';
import { curveKeyPair } from 'zeromq';
import { keyPairOf, makeKeyPair, sharedSecret } from './key-pair.ts';
import { bytesOfKey, findSecretKey, parsePublicKey, publicKeyOf } from './key-text.ts';
import { z85 } from './z85.ts';

test('a key needs no quotes in a shell or a configuration file', () => {
  for (let count = 0; count < 50; count++) {
    const { publicKey, secretKey } = makeKeyPair();
    expect(publicKey).toMatch(/^piwpub_[\w-]{43}$/);
    expect(secretKey).toMatch(/^piwsec_[\w-]{43}$/);
  }
});

test('two that know only each other’s public key come to the same secret', () => {
  const [ann, bob] = [makeKeyPair(), makeKeyPair()];
  expect(sharedSecret(ann.secretKey, bob.publicKey)).toEqual(sharedSecret(bob.secretKey, ann.publicKey));
});

test('a public key follows from its secret', () => {
  const pair = makeKeyPair();
  expect(keyPairOf(pair.secretKey)).toEqual(pair);
});

test('Z85 of the bytes of RFC 32 is what it says there', () => {
  expect(z85(Buffer.from('864fd26fb559f75b', 'hex'))).toBe('HelloWorld');
  const { publicKey } = curveKeyPair();
  expect(publicKey).toHaveLength(z85(bytesOfKey(makeKeyPair().publicKey)).length);
});

test.each([
  '',
  'piwpub_',
  'piwpub_short',
  `piwpub_${'A'.repeat(42)}B`,
  `piwpub_${'!'.repeat(43)}`,
  'rq:rM>}U?@Lns47E1%kR.o@n',
])('a typing error is told from a public key: %j', (text) => {
  expect(() => parsePublicKey(text)).toThrow(/is no public key/);
});

test('a secret key that is given for a public one is refused, and not repeated', () => {
  const { secretKey } = makeKeyPair();
  expect(() => parsePublicKey(secretKey)).toThrow(/^That is a secret key/);
});

test('a secret is found among the comments of its file', () => {
  const { secretKey } = makeKeyPair();
  expect(findSecretKey(`# mine\n\n  ${secretKey}\n`)).toBe(secretKey);
  expect(findSecretKey('nothing of the kind')).toBeUndefined();
});

test('a public key has exactly 32 bytes', () => {
  expect(() => publicKeyOf(Buffer.alloc(31))).toThrow();
});
