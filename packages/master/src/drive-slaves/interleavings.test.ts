import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FarmModel, type SlowWork } from './testing/farm-model.ts';

/** What can happen at any moment; a number picks which of the messages on their way. */
const happenings = {
  beat: (farm: FarmModel) => farm.slave.beat(),
  finish: (farm: FarmModel) => farm.slave.finish(),
  crash: (farm: FarmModel) => farm.slave.crash(),
  bye: (farm: FarmModel) => farm.slave.bye(),
  take: (farm: FarmModel) => farm.take(),
  sweep: (farm: FarmModel) => farm.sweep(),
  restart: (farm: FarmModel, pick: number) => farm.restart(pick % 2 === 0),
  cancel: (farm: FarmModel) => farm.cancel(),
  tick: (farm: FarmModel) => farm.tick(25_000),
  deliverToMaster: (farm: FarmModel, pick: number) => deliver(farm.toMaster, pick, (message) => farm.hear(message)),
  deliverToSlave: (farm: FarmModel, pick: number) => deliver(farm.toSlave, pick, (message) => farm.slave.hear(message)),
  repeatToMaster: (farm: FarmModel, pick: number) => void farm.toMaster.push(...chosen(farm.toMaster, pick)),
  repeatToSlave: (farm: FarmModel, pick: number) => void farm.toSlave.push(...chosen(farm.toSlave, pick)),
  loseToMaster: (farm: FarmModel, pick: number) => deliver(farm.toMaster, pick, () => undefined),
  loseToSlave: (farm: FarmModel, pick: number) => deliver(farm.toSlave, pick, () => undefined),
  work: (farm: FarmModel, pick: number) => deliver(farm.slow, pick, comeBack),
};

function comeBack({ commit, learn }: SlowWork): void {
  commit?.();
  learn();
}

type Happening = keyof typeof happenings;

const chosen = <T>(queue: readonly T[], pick: number): T[] => (queue.length === 0 ? [] : [queue[pick % queue.length]!]);

function deliver<T>(queue: T[], pick: number, to: (item: T) => void): void {
  if (queue.length > 0) to(queue.splice(pick % queue.length, 1)[0]!);
}

/** From here on the network is good: all that is on its way arrives in order, and the slave beats. */
function settle(farm: FarmModel): void {
  for (let round = 0; round < 8; round++) {
    farm.slave.beat();
    farm.slave.finish();
    for (let message = 0; message < 10_000; message++) {
      if (farm.slow.length > 0) happenings.work(farm, 0);
      else if (farm.toMaster.length > 0) happenings.deliverToMaster(farm, 0);
      else if (farm.toSlave.length > 0) happenings.deliverToSlave(farm, 0);
      else break;
    }
    if (farm.session.state.phase === 'building' && farm.slave.holds === null && round > 1) farm.sweep();
    farm.tick(25_000);
  }
}

const often: Happening[] = ['beat', 'take', 'deliverToMaster', 'deliverToSlave', 'work', 'finish'];
const script = fc.array(
  fc.tuple(
    fc.oneof(
      fc.constantFrom(...(Object.keys(happenings) as Happening[])),
      fc.constantFrom(...often),
      fc.constantFrom(...often),
    ),
    fc.nat({ max: 6 }),
  ),
  { maxLength: 120 },
);

test('whatever is lost, repeated, late or restarted, each attempt ends once, and slave and master agree in the end', () => {
  fc.assert(
    fc.property(script, (happened) => {
      const farm = new FarmModel();
      for (const [what, pick] of happened) happenings[what](farm, pick);
      settle(farm);
      for (let attempt = 1; attempt <= farm.attempts; attempt++) expect(farm.ended.get(attempt) ?? 0).toBe(1);
      expect(farm.lease).toBeNull();
      expect(farm.slave.holds).toBeNull();
      expect(farm.session.state.phase).toBe('ready');
    }),
    { numRuns: 3000 },
  );
});

test('with a good network everything that is taken is built by its slave, one after another', () => {
  const farm = new FarmModel();
  farm.slave.hello();
  for (let build = 1; build <= 20; build++) {
    settle(farm);
    farm.take();
    settle(farm);
    expect(farm.slave.began).toHaveLength(build);
  }
  expect(farm.ended.size).toBe(20);
});
