import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlamedFarm } from '../fixtures/crash/blamed-farm.ts';
import { until } from '../fixtures/crash/crash-farm.ts';

let farm: BlamedFarm;
beforeAll(async () => {
  farm = await BlamedFarm.open();
});
afterAll(async () => expect(await farm.close()).toEqual([]));

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const successes = async (prefix: string) =>
  (await farm.attempts(prefix)).filter(({ outcome }) => outcome === 'success').length;

/** Time passes until all of them are built. */
const built = (prefix: string, count: number) =>
  until(async () => {
    await farm.letMinutesPass();
    expect(await successes(prefix)).toBe(count);
  });

test('an index that dies under three slaves is nobody’s fault: one probe at a time is tried, until it is back', async () => {
  await farm.order('pause', 'rock-1', 'rock-2', 'rock-3');
  await farm.want(names('dark', 9));
  await Promise.all([farm.index.die(), farm.ownIndex.die()]);
  await farm.order('resume', 'rock-1', 'rock-2', 'rock-3');

  await until(async () => expect((await farm.picture()).farm.fault).toMatchObject({ kind: 'index-unreachable' }));
  const seenMs = await farm.nowMs();
  await until(async () => expect(await farm.attention('world-at-fault')).toHaveLength(1));
  expect((await farm.attention('world-at-fault'))[0]).toContain('Connection refused');
  const isProbe = ({ startedMs }: { startedMs: number }) => startedMs > seenMs;
  const probes = async () => (await farm.attempts('dark')).filter(isProbe);
  await until(async () => {
    await farm.letMinutesPass();
    expect((await probes()).filter(({ endedMs }) => endedMs !== null).length).toBeGreaterThan(3);
  });
  const tried = await probes();
  for (const [i, { startedMs }] of tried.entries())
    expect(startedMs).toBeGreaterThanOrEqual(tried[i - 1]?.endedMs ?? 0);
  const ended = (await farm.attempts('dark')).filter(({ outcome }) => outcome === 'transient');
  expect(ended.filter(({ counts }) => counts)).toEqual([]);
  expect((await farm.picture()).slaves.map(({ state }) => state)).not.toContain('quarantined');

  await Promise.all([farm.index.comeBack(), farm.ownIndex.comeBack()]);
  await built('dark', 9);
  await until(async () => expect((await farm.picture()).farm.fault).toBeNull());
  await until(async () => expect(await farm.attention('world-at-fault')).toEqual([]));
  expect(await farm.raised('world-at-fault')).toBe(1);
});

test('a slave that alone fails goes into quarantine while the others build, and builds again once it is lifted', async () => {
  await farm.order('pause', 'rock-1', 'rock-2', 'rock-3');
  await farm.want(names('alone', 12));
  await farm.ownIndex.die();
  await farm.order('resume', 'rock-1', 'rock-2', 'rock-3');
  const rock = async () => (await farm.picture()).slaves.find(({ label }) => label === 'rock-3')!;
  // It may fail at all of them before the others have built their first; then what it failed at comes round again.
  await until(async () => {
    await farm.letMinutesPass();
    expect(await rock()).toMatchObject({ state: 'quarantined' });
  });
  expect((await rock()).quarantine!.why).toMatch(
    /in a row .* while other slaves succeed; the last: .*Connection refused/,
  );
  await until(async () => expect(await farm.attention('slave-quarantined')).toHaveLength(1));
  const outcomes = (await farm.attempts('alone')).filter(({ slave }) => slave === 'rock-3');
  expect(outcomes.length).toBeGreaterThanOrEqual(3);
  expect(outcomes.filter(({ outcome }) => outcome !== 'transient')).toEqual([]);
  expect((await farm.picture()).farm.fault).toBeNull();

  await farm.ownIndex.comeBack();
  await farm.order('lift', 'rock-3');
  await until(async () => expect(await farm.attention('slave-quarantined')).toEqual([]));
  await built('alone', 12);
  await farm.order('pause', 'rock-1', 'rock-2');
  await farm.want(['lifted']);
  await built('lifted', 1);
  expect((await farm.attempts('lifted')).map(({ slave }) => slave)).toEqual(['rock-3']);
  expect(await farm.raised('slave-quarantined')).toBe(1);
});
