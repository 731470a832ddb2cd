import type { FailureGroup } from '@piw/db/failure-groups';
import type { ReasonKind } from '@piw/wheel/outcome';
import { type KnownPackage, packageOfHeader, packageOfLibrary, packageOfTool } from './known-packages.ts';

type Advice = (subject: string | null) => string | null;

/** What would mend builds that failed for a reason; null where only their logs tell. */
const advice: Readonly<Record<ReasonKind, Advice>> = {
  'missing-header': (header) => install(header, header === null ? undefined : packageOfHeader(header)),
  'missing-tool': (tool) => install(tool, tool === null ? undefined : packageOfTool(tool)),
  'missing-library': (library) =>
    install(library && `the library ${library}`, library === null ? undefined : packageOfLibrary(library)),
  'missing-module': (module) =>
    module === null ? null : `Let the recipe require ${module}: the package uses it in its build and doesn't say so`,
  'missing-requirement': (requirement) =>
    requirement === null ? null : `Have ${requirement} built, or find why it can't be`,
  'needs-network': () => 'If you trust the package, let its recipe have the network',
  'fell-back-to-pure': () => 'Mend what stopped its compiler; if it is meant to be pure, let its recipe say pure',
  'time-limit': () => 'Let slaves build longer (--timeout), or its recipe say timeoutMs',
  'memory-limit': () => 'Let slaves use more memory (--memory), or its recipe need a slave that has more',
  'disk-limit': () => 'Let builds use more of the disk (--disk)',
  'output-limit': () => null,
  'index-unreachable': () => 'See that the slaves reach the index',
  'transfer-broken': () => 'See to the network between slave and master',
  'disk-full': () => 'Make room on the disk of the slave',
  'slave-lost': () => 'See whether building it stops the slave: its memory, its power',
  'compiler-error': () => null,
  'backend-error': () => null,
  'bad-sdist': () => null,
  'no-sdist': () => null,
  'metadata-mismatch': () => null,
  'unsound-wheel': () => null,
  'broken-wheel': () => null,
  'python-excluded': () => null,
  killed: () => null,
  withdrawn: () => null,
  'slave-left': () => null,
  'skipped-by-operator': () => null,
};

/** What would mend a group of failures, and the command that then tries them all again; null where only a log tells. */
export function remedyFor({ kind, subject }: Pick<FailureGroup, 'kind' | 'subject'>): string | null {
  const what = kind === null ? null : advice[kind](subject);
  if (kind === null || what === null) return null;
  const which = subject === null ? '' : ` --subject ${shellWord(subject)}`;
  return `${what}; then: piw-control retry --reason ${kind}${which}`.slice(0, 2000);
}

function install(what: string | null, known: KnownPackage | undefined): string | null {
  if (what === null) return null;
  if (!known) return `Install what has ${what} on the slaves`;
  const { debian, fedora, alpine } = known;
  if (debian === fedora && debian === alpine) return `Install ${debian} on the slaves`;
  return `Install ${debian} on the slaves (Fedora: ${fedora}; Alpine: ${alpine})`;
}

/** A subject is a stranger's: nothing in it may do anything in a shell. */
const shellWord = (text: string): string => (/^[\w./+@:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`);
