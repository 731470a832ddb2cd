import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CrashFarm } from '../fixtures/crash/crash-farm.ts';
import { expectSound } from '../fixtures/crash/expect-sound.ts';
import { moments, plan, reach } from '../fixtures/crash/moments.ts';

let farm: CrashFarm;

beforeAll(async () => {
  farm = await CrashFarm.open();
});
afterEach(() => expectSound(farm));
afterAll(async () => expect(await farm.close()).toEqual([]));

const outcomesOf = async (name: string) => (await farm.settled(name)).map(({ outcome }) => outcome);
const named = (victim: string, moment: string) => `${victim}-${moment.replaceAll(' ', '-')}`;

/** A build that is all done but for the commit of its end. */
async function heldAtItsCommit(name: string): Promise<() => Promise<void>> {
  let holding: Promise<() => Promise<void>> | undefined;
  const reached = reach(farm, 'before it asks for the wheel', () => void (holding = farm.database.holdEnds()));
  await farm.want(name, plan);
  await reached;
  const release = await holding!;
  await farm.database.endHeldUp();
  return release;
}

test.each(moments)('a master that is killed %s loses nothing: the slave goes on with the next', async (moment) => {
  const name = named('master', moment);
  const reached = reach(farm, moment, () => farm.master.signal('SIGKILL'));
  await farm.want(name, plan);
  await reached;
  await farm.master.end('SIGKILL');
  farm.master.again();
  expect(await outcomesOf(name)).toEqual(['success']);
});

test('a master that is killed before it has committed publishes the same wheel with the next', async () => {
  const release = await heldAtItsCommit('master-commit');
  await farm.master.end('SIGKILL');
  await release();
  farm.master.again();
  expect(await outcomesOf('master-commit')).toEqual(['success']);
});

test.each(moments)('a database that is killed %s costs nothing but time', async (moment) => {
  const name = named('database', moment);
  let killed: Promise<void> | undefined;
  const reached = reach(farm, moment, () => void (killed = farm.database.kill()));
  await farm.want(name, plan);
  await reached;
  await killed;
  await farm.database.again();
  expect(await outcomesOf(name)).toEqual(['success']);
});

test('a database that is killed in the middle of a commit costs nothing but time', async () => {
  const release = await heldAtItsCommit('database-commit');
  await farm.database.kill();
  await release();
  await farm.database.again();
  expect(await outcomesOf('database-commit')).toEqual(['success']);
});
