import { z } from 'zod';
import { KeyError } from './key-error.ts';

/**
 * Keys as text: `piwpub_…` may be shown to anybody, `piwsec_…` to nobody. What follows are the 32 bytes of an X25519 key
 * (RFC 7748) in base64url (RFC 4648, section 5), so that a key needs no quotes in a shell or an INI file, never looks like an option,
 * and a secret is recognized where a public key belongs.
 */
export const publicKey = z
  .string()
  .refine((text) => isKey('piwpub_', text), 'a public key is piwpub_ and 43 letters, digits, - and _')
  .brand<'public key'>();
export type PublicKey = z.output<typeof publicKey>;

const secretKey = z
  .string()
  .refine((text) => isKey('piwsec_', text))
  .brand<'secret key'>();
export type SecretKey = z.output<typeof secretKey>;

const isKey = (prefix: string, text: string): boolean =>
  text.startsWith(prefix) && /^[\w-]{43}$/.test(text.slice(7)) && textOf(prefix, bytesOfKey(text)) === text;

const textOf = (prefix: string, bytes: Uint8Array): string => `${prefix}${Buffer.from(bytes).toString('base64url')}`;

/** The 32 bytes of a key. */
export const bytesOfKey = (key: string): Buffer => Buffer.from(key.slice(7), 'base64url');

export const publicKeyOf = (bytes: Uint8Array): PublicKey => publicKey.parse(textOf('piwpub_', bytes));
export const secretKeyOf = (bytes: Uint8Array): SecretKey => secretKey.parse(textOf('piwsec_', bytes));

/** A public key as somebody wrote it; throws a KeyError that never repeats a secret. */
export function parsePublicKey(text: string): PublicKey {
  const parsed = publicKey.safeParse(text.trim());
  if (parsed.success) return parsed.data;
  if (text.includes('piwsec_'))
    throw new KeyError(
      'That is a secret key, and belongs in its file alone.',
      'Give the public key, which "piw-keys show" tells; a secret that others have seen is made anew with "piw-keys make".',
    );
  throw new KeyError(
    `"${text.trim().slice(0, 60)}" is no public key.`,
    'It is piwpub_ and 43 letters, digits, - and _, as "piw-keys show" tells it on the machine that it belongs to.',
  );
}

/** The secret key of a file's text, or undefined. */
export function findSecretKey(text: string): SecretKey | undefined {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.map((line) => secretKey.safeParse(line)).find(({ success }) => success)?.data;
}
