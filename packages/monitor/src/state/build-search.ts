import { asMoment } from '@piw/operator/moment';
import { outcome, reasonKind } from '@piw/wheel/outcome';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import type { Question } from '@piw/wire/control-protocol';

/** Which builds are looked for: those that agree with everything that isn't null. */
export type BuildFilter = Omit<Question<'BUILDS'>, 'limit' | 'before'>;

/** That, and the words that said so. */
export interface BuildSearch {
  readonly words: string;
  readonly filter: BuildFilter;
}

const nothing: BuildFilter = { package: null, version: null, outcome: null, reason: null, slave: null, sinceMs: null };

/** What may stand before a `=`. */
export const searchKeys = ['package', 'outcome', 'reason', 'slave', 'since'] as const;

/** Reads `outcome=failure slave=rock-1 since=2d numpy`; throws an Error that says what is wrong with a word. */
export function buildSearchOf(words: string, nowMs: number): BuildSearch {
  let filter = nothing;
  for (const word of words.split(/\s+/).filter((one) => one !== '')) {
    const [, key = 'package', value = ''] = /^(?:(\w+)=(?!=))?(.*)$/.exec(word) ?? [];
    filter = { ...filter, ...meaningOf(key, value, nowMs) };
  }
  return { words, filter };
}

function meaningOf(key: string, value: string, nowMs: number): Partial<BuildFilter> {
  switch (key) {
    case 'package':
      return packageMeant(value);
    case 'outcome':
      return { outcome: oneOf(outcome, value, 'outcome') };
    case 'reason':
      return { reason: oneOf(reasonKind, value, 'reason') };
    case 'slave':
      return { slave: value };
    case 'since':
      return { sinceMs: asMoment(value, nowMs) };
    default:
      throw new Error(`Nothing is found by ${key}: write ${searchKeys.join('=, ')}= or a package.`);
  }
}

/** A package, or one of its versions: `numpy==2.0`. */
function packageMeant(value: string): Pick<BuildFilter, 'package' | 'version'> {
  const [name = '', wanted] = value.split('==');
  const meant = packageName.safeParse(name);
  if (!meant.success) throw new Error(`"${name}" is no package.`);
  const its = wanted === undefined ? null : version.safeParse(wanted);
  if (its && !its.success) throw new Error(`"${wanted}" is no version.`);
  return { package: meant.data, version: its?.data ?? null };
}

/** One of what there is. */
function oneOf<T extends string>(all: { readonly options: readonly T[] }, value: string, what: string): T {
  const meant = all.options.find((one) => one === value);
  if (meant === undefined) throw new Error(`There is no ${what} "${value}": ${all.options.join(', ')}.`);
  return meant;
}

/** Whether a build is one of those that are looked for. */
export const isFound = (
  build: {
    readonly package: string;
    readonly version: string;
    readonly outcome: string | null;
    readonly reason: { readonly kind: string } | null;
    readonly slave: string;
    readonly startedMs: number;
  },
  filter: BuildFilter,
): boolean =>
  (filter.package === null || filter.package === build.package) &&
  (filter.version === null || filter.version === build.version) &&
  (filter.outcome === null || filter.outcome === build.outcome) &&
  (filter.reason === null || filter.reason === build.reason?.kind) &&
  (filter.slave === null || filter.slave === build.slave) &&
  (filter.sinceMs === null || filter.sinceMs <= build.startedMs);

/** All builds. */
export const anyBuild: BuildSearch = { words: '', filter: nothing };
