import type { ReasonKind } from '@piw/wheel/outcome';

/** A line of a log that tells why a build failed. Patterns see lines of 500 characters at most. */
export interface Rule {
  readonly kind: ReasonKind;
  readonly pattern: RegExp;
  /** Which of several lines counts: the first complaint of a compiler, the last exception of Python. */
  readonly pick: 'first' | 'last';
  /** What the reason is about, by the pattern's groups; null where the kind says it all. */
  readonly subject: (groups: Groups) => string | null;
  /** The reason for people, one sentence. */
  readonly text: (groups: Groups) => string;
}

/** What the pattern's groups matched: missing ones are empty. */
export type Groups = readonly string[];

/** A rule whose first group is its subject. */
export const about = (kind: ReasonKind, pattern: RegExp, text: (subject: string) => string): Rule => ({
  kind,
  pattern,
  pick: 'first',
  subject: ([subject = '']) => subject,
  text: ([subject = '']) => text(subject),
});
