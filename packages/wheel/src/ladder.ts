import { type Outcome, settles } from './outcome.ts';
import { admitsPython } from './requires-python.ts';
import { abiOfTag, fitsAnyPlatform, type Tag } from './tag.ts';
import { compareTargets, type Target } from './target.ts';

/** A target with the tags that its Python accepts; a Set is the quicker one. */
export interface LadderTarget extends Target {
  readonly targetId: number;
  readonly tags: ReadonlySet<Tag> | readonly Tag[];
  readonly python: string;
}

/** A file of the version; `builtOn` is the target that it was built on, null where nobody knows. */
export interface LadderFile {
  readonly tags: readonly Tag[];
  readonly requiresPython: string | null;
  readonly builtOn: number | null;
  readonly hasElf: boolean;
}

/** All that decides which targets of one version are due; `gone` is deleted upstream, or yanked and not asked for. */
export interface VersionFacts {
  readonly targets: readonly LadderTarget[];
  readonly files: readonly LadderFile[];
  readonly outcomes: readonly { readonly targetId: number; readonly outcome: Outcome }[];
  readonly skipped: ReadonlySet<number> | 'all';
  readonly requiresPython: string | null;
  readonly gone: boolean;
  readonly upstream: UpstreamFacts;
}

/** What upstream serves; nobody asks where it is ignored, nobody knows where it wasn't heard yet. What is asked for by name is built all the same. */
export interface UpstreamFacts {
  readonly wheels: readonly Pick<LadderFile, 'tags' | 'requiresPython'>[] | 'ignored' | 'unheard';
  readonly asked: ReadonlySet<number> | 'all';
}

/** All is built, whatever upstream serves. */
export const upstreamIgnored: UpstreamFacts = { wheels: 'ignored', asked: 'all' };

/** Whether an operator said that a target is to have none, whatever else settles it. */
export const isSkipped = ({ skipped }: Pick<VersionFacts, 'skipped'>, targetId: number): boolean =>
  skipped === 'all' || skipped.has(targetId);

/** Why a target needs no build: a file suits it, it is skipped, it was built or failed itself, its Python is not admitted, upstream serves it. */
export type Settlement = 'file' | 'skipped' | 'built' | 'failed' | 'python-excluded' | 'upstream';

/** What the facts come to: the targets that are due, lowest first, and the settled ones. */
export interface Climb {
  readonly due: number[];
  readonly settled: ReadonlyMap<number, Settlement>;
}

/**
 * Climbs the ladder. The lowest unsettled target of each platform is due; all unsettled ones are where a file shows
 * that the package is compiled for one ABI at a time. Nothing is due of a version that is gone, and of one of which upstream
 * is still to be heard only what was asked for.
 */
export function climb(facts: VersionFacts): Climb {
  const settled = settledTargets(facts);
  if (facts.gone) return { due: [], settled };
  const compiled = platformsThatNeedEachAbi(facts);
  const due = facts.targets
    .filter(({ targetId }) => !settled.has(targetId) && !isLeftToUpstream(targetId, facts.upstream))
    .toSorted((a, b) => compareTargets(a, b) || a.targetId - b.targetId)
    .filter(({ platform }, i, rungs) => compiled.has(platform) || rungs[i - 1]?.platform !== platform)
    .map(({ targetId }) => targetId);
  return { due, settled };
}

/** The targets of a version that need no build, and why. */
export function settledTargets(facts: Omit<VersionFacts, 'gone'>): ReadonlyMap<number, Settlement> {
  const settled = new Map<number, Settlement>();
  for (const target of facts.targets) {
    const settlement = settle(target, facts);
    if (settlement) settled.set(target.targetId, settlement);
  }
  return settled;
}

function settle(target: LadderTarget, facts: Omit<VersionFacts, 'gone'>): Settlement | undefined {
  if (facts.files.some((file) => suits(file, target, facts.targets))) return 'file';
  const own = facts.outcomes.filter(({ targetId }) => targetId === target.targetId).map(({ outcome }) => outcome);
  if (isSkipped(facts, target.targetId) || own.includes('skipped')) return 'skipped';
  // A success settles its target even where its own file would not, as when that excludes the Python it was built on.
  if (own.includes('success')) return 'built';
  if (own.some((outcome) => settles[outcome])) return 'failed';
  if (!admitsPython(facts.requiresPython, target.python)) return 'python-excluded';
  return isServed(target, facts.upstream) ? 'upstream' : undefined;
}

const isAsked = (targetId: number, { asked }: UpstreamFacts): boolean => asked === 'all' || asked.has(targetId);

const isLeftToUpstream = (targetId: number, upstream: UpstreamFacts): boolean =>
  upstream.wheels === 'unheard' && !isAsked(targetId, upstream);

/** Whether upstream has a wheel that a target's installer would take; what its tags say of a platform is believed. */
function isServed(target: LadderTarget, upstream: UpstreamFacts): boolean {
  if (typeof upstream.wheels === 'string' || isAsked(target.targetId, upstream)) return false;
  return upstream.wheels.some(
    ({ requiresPython, tags }) =>
      tags.some((tag) => accepts(target, tag)) && admitsPython(requiresPython, target.python),
  );
}

/**
 * Whether a target needs no build because of this file: it accepts one of the tags, and its Python is admitted. Code
 * in an ELF file was linked against what was there, so it serves only its platform, from the target that built it
 * upwards; where that target isn't known, tags that name a platform are believed.
 */
export function suits(file: LadderFile, target: LadderTarget, targets: readonly LadderTarget[]): boolean {
  const accepted = file.tags.filter((tag) => accepts(target, tag));
  if (accepted.length === 0 || !admitsPython(file.requiresPython, target.python)) return false;
  if (!file.hasElf) return true;
  const builder = targets.find(({ targetId }) => targetId === file.builtOn);
  if (!builder) return !accepted.every(fitsAnyPlatform);
  return builder.platform === target.platform && compareTargets(builder, target) <= 0;
}

/**
 * The platforms of which a target accepts a file that is for one ABI only. A stable ABI (`abi3`) is none such: what a
 * lower target builds for it serves the higher ones too, so they wait, and the first that it can't serve makes its own.
 */
function platformsThatNeedEachAbi({ files, targets }: VersionFacts): Set<string> {
  const tags = files.flatMap((file) => file.tags).filter((tag) => !/^(?:none|abi\d+t?)$/.test(abiOfTag(tag)));
  return new Set(targets.filter((target) => tags.some((tag) => accepts(target, tag))).map(({ platform }) => platform));
}

const accepts = ({ tags }: LadderTarget, tag: Tag): boolean => ('has' in tags ? tags.has(tag) : tags.includes(tag));
