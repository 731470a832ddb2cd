import { label } from '../vocabulary.ts';
import { type Role, role, roles } from './door.ts';
import { KeyError } from './key-error.ts';
import { type PublicKey, publicKey } from './key-text.ts';

/** Who has a key that is let in, and as what. Several keys may have one holder. */
export interface Holder {
  readonly role: Role;
  readonly key: PublicKey;
  /** Their name: the owner of a slave's label, the `who` of the journal. */
  readonly label: string;
}

/** A line that lets nobody in, and what is wrong with it. */
export interface Fault {
  readonly line: number;
  readonly fault: string;
}

/** What a file of authorized keys says. */
export interface AuthorizedKeys {
  readonly holders: readonly Holder[];
  readonly faults: readonly Fault[];
}

/** Far more than people keep in one file. */
const mostKeys = 10_000;
/** What the label of a key has at most, so that it fits wherever its owner is noted. */
const longestKeyLabel = 50;
export const keyLabel = label.refine((text) => text.length <= longestKeyLabel);

/** Understands `role key label` lines; empty ones and those that begin with # are for people. */
export function parseAuthorizedKeys(text: string): AuthorizedKeys {
  const holders = new Map<PublicKey, Holder>();
  const faults: Fault[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const parsed = parseLine(line);
    if (parsed === undefined) continue;
    const fault = typeof parsed === 'string' ? parsed : obstacle(parsed, holders);
    if (typeof parsed === 'string' || fault !== undefined) faults.push({ line: index + 1, fault: fault ?? '' });
    else holders.set(parsed.key, parsed);
  }
  return { holders: [...holders.values()], faults };
}

const obstacle = ({ key }: Holder, holders: ReadonlyMap<PublicKey, Holder>): string | undefined => {
  if (holders.has(key)) return 'the key has a line already';
  return holders.size >= mostKeys ? `there are more than ${mostKeys} keys` : undefined;
};

/** A line's holder, or what is wrong with it; undefined where it says nothing. */
export function parseLine(line: string): Holder | string | undefined {
  const words = line.trim();
  if (words === '' || words.startsWith('#')) return undefined;
  const [, itsRole, itsKey, itsLabel] = /^(\S+)\s+(\S+)\s+(\S.*)$/.exec(words) ?? [];
  if (itsLabel === undefined) return 'it is not of the form: ROLE KEY LABEL';
  const known = role.safeParse(itsRole);
  if (!known.success) return `its first word is none of ${roles.join(', ')}`;
  const key = publicKey.safeParse(itsKey);
  if (!key.success) return itsKey?.startsWith('piwsec_') ? 'it holds a secret key' : 'its second word is no public key';
  const name = keyLabel.safeParse(itsLabel);
  return name.success
    ? { role: known.data, key: key.data, label: name.data }
    : `its label has no 1 to ${longestKeyLabel} printable characters`;
}

/** The first fault of a file, for people. */
export const faultIn = (file: string, { line, fault }: Fault): KeyError =>
  new KeyError(
    `${file}, line ${line}: ${fault}.`,
    `Write it as: slave piwpub_… LABEL (or observer, or operator); "piw-keys authorize" does.`,
  );
