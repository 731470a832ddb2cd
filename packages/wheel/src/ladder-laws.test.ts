import fc from 'fast-check';
import { expect, test } from 'vitest';
import { climb, type LadderFile, upstreamIgnored, type VersionFacts } from './ladder.ts';
import { outcome } from './outcome.ts';
import { facts, ownTag, platforms, targets } from './testing/ladder-facts.ts';

const anyTarget = fc.constantFrom(...targets);
const anyTag = fc.constantFrom(...new Set(targets.flatMap(({ tags }) => [...tags])));
const anyRequiresPython = fc.constantFrom(null, '>=3.10', '<3.11', '>=4', '~=3.11');
const anyOutcome = fc.record({
  targetId: anyTarget.map((t) => t.targetId),
  outcome: fc.constantFrom(...outcome.options),
});
const anyFile: fc.Arbitrary<LadderFile> = fc.record({
  tags: fc.array(anyTag, { minLength: 1, maxLength: 3 }),
  requiresPython: anyRequiresPython,
  builtOn: fc.option(anyTarget.map(({ targetId }) => targetId)),
  hasElf: fc.boolean(),
});
const anyFacts: fc.Arbitrary<VersionFacts> = fc.record({
  targets: fc.shuffledSubarray([...targets]),
  files: fc.array(anyFile, { maxLength: 3 }),
  outcomes: fc.array(anyOutcome, { maxLength: 6 }),
  skipped: fc.oneof({ weight: 9, arbitrary: anySkips() }, { weight: 1, arbitrary: fc.constant('all' as const) }),
  requiresPython: anyRequiresPython,
  gone: fc.constant(false),
  upstream: fc.constant(upstreamIgnored),
});

test('no target is due and settled at once, and no platform with an unsettled target has nothing due', () => {
  fc.assert(
    fc.property(anyFacts, (known) => {
      const { due, settled } = climb(known);
      expect(due.filter((targetId) => settled.has(targetId))).toEqual([]);
      for (const platform of platforms) {
        const rungs = known.targets.filter((target) => target.platform === platform);
        const waiting = rungs.filter(({ targetId }) => due.includes(targetId));
        expect(waiting.length > 0).toBe(rungs.some(({ targetId }) => !settled.has(targetId)));
      }
    }),
  );
});

test('what is settled stays so, whatever else becomes known', () => {
  fc.assert(
    fc.property(anyFacts, anyFile, anyOutcome, anySkips(), (known, file, ended, skips) => {
      const more: VersionFacts = {
        ...known,
        files: [...known.files, file],
        outcomes: [...known.outcomes, ended],
        skipped: known.skipped === 'all' ? 'all' : new Set([...known.skipped, ...skips]),
      };
      const after = climb(more).settled;
      expect([...climb(known).settled.keys()].filter((targetId) => !after.has(targetId))).toEqual([]);
    }),
  );
});

test('what happens on one platform changes nothing on another', () => {
  fc.assert(
    fc.property(anyFacts, fc.array(anyOutcome), anySkips(), (known, ended, skips) => {
      const elsewhere = (targetId: number) => targets.find((t) => t.targetId === targetId)?.platform !== platforms[0];
      const more: VersionFacts = {
        ...known,
        outcomes: [...known.outcomes, ...ended.filter(({ targetId }) => elsewhere(targetId))],
        skipped: known.skipped === 'all' ? 'all' : new Set([...known.skipped, ...[...skips].filter(elsewhere)]),
        files: [...known.files, compiledFor(targets.find(({ targetId }) => elsewhere(targetId))!)],
      };
      const here = (facts: VersionFacts) => climb(facts).due.filter((targetId) => !elsewhere(targetId));
      expect(here(more)).toEqual(here(known));
    }),
  );
});

test('the order in which facts are told does not matter', () => {
  fc.assert(
    fc.property(anyFacts, (known) => {
      const reversed = {
        ...known,
        targets: known.targets.toReversed(),
        files: known.files.toReversed(),
        outcomes: known.outcomes.toReversed(),
      };
      expect(climb(reversed)).toEqual(climb(known));
    }),
  );
});

test('however builds end, each target is built once at most and in the end all are settled', () => {
  const anyEnd = fc.record({ pick: fc.nat(), success: fc.boolean(), tag: fc.nat(), hasElf: fc.boolean() });
  const anyEnds = fc.array(anyEnd, { minLength: targets.length, maxLength: targets.length });
  fc.assert(
    fc.property(anyRequiresPython, anyEnds, (requiresPython, ends) => {
      let known = facts({ requiresPython });
      for (const { pick, success, tag, hasElf } of ends) {
        const { due } = climb(known);
        if (due.length === 0) break;
        const targetId = due[pick % due.length]!;
        expect(known.outcomes.map((ended) => ended.targetId)).not.toContain(targetId);
        const tags = [...targets.find((target) => target.targetId === targetId)!.tags];
        const built: LadderFile = { tags: [tags[tag % tags.length]!], requiresPython, builtOn: targetId, hasElf };
        known = {
          ...known,
          outcomes: [...known.outcomes, { targetId, outcome: success ? 'success' : 'failure' }],
          files: success ? [...known.files, built] : known.files,
        };
      }
      expect(climb(known).settled.size).toBe(targets.length);
    }),
  );
});

function anySkips(): fc.Arbitrary<ReadonlySet<number>> {
  return fc
    .subarray(
      targets.map(({ targetId }) => targetId),
      { maxLength: 3 },
    )
    .map((targetIds) => new Set(targetIds));
}

function compiledFor({ abi, platform, targetId }: (typeof targets)[number]): LadderFile {
  return { tags: [ownTag(abi, platform)], requiresPython: null, builtOn: targetId, hasElf: true };
}
