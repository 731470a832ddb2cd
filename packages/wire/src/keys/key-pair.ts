import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { bytesOfKey, type PublicKey, publicKeyOf, type SecretKey, secretKeyOf } from './key-text.ts';

/** What a program proves itself with: X25519 keys, which CURVE (ZeroMQ RFC 26) uses as they are. */
export interface KeyPair {
  readonly publicKey: PublicKey;
  readonly secretKey: SecretKey;
}

/** A new pair. */
export function makeKeyPair(): KeyPair {
  const { d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  return keyPairOf(secretKeyOf(Buffer.from(d, 'base64url')));
}

/** The pair that a secret key belongs to. */
export function keyPairOf(secretKey: SecretKey): KeyPair {
  const { x = '' } = createPublicKey(privateKey(secretKey)).export({ format: 'jwk' });
  return { secretKey, publicKey: publicKeyOf(Buffer.from(x, 'base64url')) };
}

/** What the holders of both keys know and nobody else; throws where the other is no key that anybody could hold (RFC 7748, section 6). */
export const sharedSecret = (own: SecretKey, other: PublicKey): Buffer =>
  diffieHellman({ privateKey: privateKey(own), publicKey: publicKeyObject(other) });

/** An X25519 private key in PKCS #8 (RFC 8410) is these bytes and the key. */
const pkcs8 = Buffer.from('302e020100300506032b656e04220420', 'hex');

const privateKey = (secret: SecretKey): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, bytesOfKey(secret)]), format: 'der', type: 'pkcs8' });

const publicKeyObject = (key: PublicKey): KeyObject =>
  createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: bytesOfKey(key).toString('base64url') }, format: 'jwk' });
