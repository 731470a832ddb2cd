import { type Holder, parseAuthorizedKeys, parseLine } from './authorized-keys.ts';
import { KeyError } from './key-error.ts';

/** The text with a holder more, or the same text where it has the line already; throws a KeyError where the key is there as another. */
export function authorize(text: string, holder: Holder): string {
  const there = parseAuthorizedKeys(text).holders.find(({ key }) => key === holder.key);
  if (there && there.role === holder.role && there.label === holder.label) return text;
  if (there)
    throw new KeyError(
      `That key is authorized already: ${there.role} ${there.label}.`,
      'A key has one role and one label: revoke it first, or make another key.',
    );
  const { role, key, label } = holder;
  return `${text === '' || text.endsWith('\n') ? text : `${text}\n`}${role} ${key} ${label}\n`;
}

/** The text without the lines of a label, or of a key; throws a KeyError where there is none. */
export function revoke(text: string, who: string): { readonly text: string; readonly revoked: readonly Holder[] } {
  const kept: string[] = [];
  const revoked: Holder[] = [];
  for (const line of text.split('\n')) {
    const holder = parseLine(line);
    const isMeant = typeof holder === 'object' && (holder.label === who || holder.key === who);
    if (isMeant) revoked.push(holder);
    else kept.push(line);
  }
  if (revoked.length === 0)
    throw new KeyError(`No authorized key has that label, or is it: ${who}.`, '"piw-keys list" shows them.');
  return { text: kept.join('\n'), revoked };
}
