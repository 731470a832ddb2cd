import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { CrashFarm } from '../fixtures/crash/crash-farm.ts';
import { expectSound } from '../fixtures/crash/expect-sound.ts';
import { type Moment, moments, plan, reach } from '../fixtures/crash/moments.ts';

let farm: CrashFarm;

beforeAll(async () => {
  farm = await CrashFarm.open();
});
afterEach(() => expectSound(farm));
afterAll(async () => expect(await farm.close()).toEqual([]));

/** What the master had whole when its slave was killed, it may or may not have known to be whole before that slave was back. */
function expected(moment: Moment): RegExp {
  if (moment === 'after it has committed') return /^success$/;
  return moment === 'after the last of the wheel' ? /^(lost )?success$/ : /^lost success$/;
}

test.each(moments)('what a slave had that is killed %s is built once more, unless it was safe', async (moment) => {
  const name = `slave-${moment.replaceAll(' ', '-')}`;
  const reached = reach(farm, moment, (slave) => farm.slaves[slave].signal('SIGKILL'));
  await farm.want(name, plan);
  const struck = await reached;
  await farm.slaves[struck].end('SIGKILL');
  farm.slaves[struck].again();
  const outcomes = (await farm.settled(name)).map(({ outcome }) => outcome);
  expect(outcomes.join(' ')).toMatch(expected(moment));
});
