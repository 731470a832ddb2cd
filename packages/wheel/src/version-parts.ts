/** The parts of a version (PEP 440). Numbers stay digits, without leading zeros: some are longer than a double is exact. */
export interface VersionParts {
  readonly epoch: string;
  readonly release: readonly string[];
  readonly pre: { readonly letter: 'a' | 'b' | 'rc'; readonly number: string } | undefined;
  readonly post: string | undefined;
  readonly dev: string | undefined;
  readonly local: readonly string[];
}

/** PEP 440, Appendix B, "Parsing version strings with regular expressions". */
const pattern = new RegExp(
  [
    '^v?(?:(?<epoch>[0-9]+)!)?(?<release>[0-9]+(?:\\.[0-9]+)*)',
    '(?:[-_.]?(?<pre>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<preNumber>[0-9]+)?)?',
    '(?<post>-(?<bareNumber>[0-9]+)|[-_.]?(?:post|rev|r)[-_.]?(?<postNumber>[0-9]+)?)?',
    '(?<dev>[-_.]?dev[-_.]?(?<devNumber>[0-9]+)?)?',
    '(?:\\+(?<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?$',
  ].join(''),
);

const letters: Readonly<Record<string, 'a' | 'b' | 'rc'>> = { a: 'a', alpha: 'a', b: 'b', beta: 'b' };

/** Takes a version of at most 200 characters apart (PEP 440); undefined where the text is none. */
export function versionParts(text: string): VersionParts | undefined {
  const found = text.length <= 200 ? pattern.exec(text.trim().toLowerCase())?.groups : undefined;
  if (!found) return undefined;
  // TypeScript believes that every named group takes part in a match.
  const groups: Readonly<Record<string, string | undefined>> = found;
  const { epoch = '0', release = '', pre, preNumber = '0', post, dev, devNumber = '0', local } = groups;
  return {
    epoch: plain(epoch),
    release: release.split('.').map(plain),
    pre: pre === undefined ? undefined : { letter: letters[pre] ?? 'rc', number: plain(preNumber) },
    post: post === undefined ? undefined : plain(groups['bareNumber'] ?? groups['postNumber'] ?? '0'),
    dev: dev === undefined ? undefined : plain(devNumber),
    local: local?.split(/[-_.]/).map((segment) => (isNumber(segment) ? plain(segment) : segment)) ?? [],
  };
}

/** The canonical text of a version (PEP 440, Appendix B): `1!2.0rc1.post2.dev3+local.4`. */
export function versionText({ epoch, release, pre, post, dev, local }: VersionParts): string {
  return [
    epoch === '0' ? '' : `${epoch}!`,
    release.join('.'),
    pre ? pre.letter + pre.number : '',
    post === undefined ? '' : `.post${post}`,
    dev === undefined ? '' : `.dev${dev}`,
    local.length === 0 ? '' : `+${local.join('.')}`,
  ].join('');
}

/** Whether a segment of a local version counts as a number. */
export const isNumber = (segment: string): boolean => /^[0-9]+$/.test(segment);

const plain = (digits: string): string => digits.replace(/^0+(?=[0-9])/, '');
