import { pauseFarm, readFarm } from '@piw/db/farm';
import type { Pause } from '@piw/db/pause';
import { listSlaves, pauseSlaves } from '@piw/db/slaves';
import { withFullStop } from '@piw/host/with-full-stop';
import { carryOut, type Done, type Line } from './carry-out.ts';
import { chooseSlaves, taskText } from './choose-slaves.ts';
import type { Answering, Office } from './office.ts';
import { stopAttempts } from './stop-attempts.ts';
import { whoOf } from './who.ts';

/** How slaves are held back: a halt also cancels what they build. */
interface Hold {
  readonly order: 'PAUSE' | 'HALT';
  readonly cancels: boolean;
  readonly textOf: (what: string) => string;
}

const pausing: Hold = { order: 'PAUSE', cancels: false, textOf: (what) => `It goes on with ${what}.` };
const halting: Hold = {
  order: 'HALT',
  cancels: true,
  textOf: (what) => `Its build of ${what} is cancelled, and the job returns to the queue.`,
};

/** Who gets work: pauses are facts, of slaves or of the farm, and outlive master and slave. */
export const pauseOrders: Answering<'PAUSE' | 'RESUME' | 'HALT'> = (office) => {
  const hold = (how: Hold, which: readonly string[] | 'all', why: string | null, from: string) => {
    const by = whoOf(from);
    const pause = { by, sinceMs: office.premises.now(), why: why ?? `paused by ${by}` };
    return which === 'all' ? holdAll(office, how, pause) : holdSome(office, how, which, pause);
  };
  return {
    PAUSE: ({ slaves, why }, from) => hold(pausing, slaves, why, from),
    HALT: ({ slaves, why }, from) => hold(halting, slaves, why, from),
    RESUME: ({ slaves }, from) =>
      slaves === 'all' ? resumeAll(office, whoOf(from)) : resumeSome(office, slaves, whoOf(from)),
  };
};

function holdAll(office: Office, { order, cancels, textOf }: Hold, pause: Pause): Promise<Done> {
  const building = office.driver.pictures().filter(({ task }) => task !== null);
  return carryOut(office, { order, who: pause.by }, async (tx) => {
    await pauseFarm(tx, pause);
    return {
      done: [
        { subject: 'all', text: withFullStop(`No slave gets further work: ${pause.why}`) },
        ...building.map((slave) => ({ subject: slave.label, text: textOf(taskText(slave)) })),
      ],
      tell: ['farm'],
      afterwards: async () => {
        office.driver.pause('all', pause);
        if (cancels) await cancelBuilds(office, () => true, pause.why);
      },
    };
  });
}

function holdSome(
  office: Office,
  { order, cancels, textOf }: Hold,
  labels: readonly string[],
  pause: Pause,
): Promise<Done> {
  return carryOut(office, { order, who: pause.by }, async (tx) => {
    const { slaves, refused } = chooseSlaves(labels, await listSlaves(tx));
    const held = slaves.map(({ label }) => label);
    await pauseSlaves(tx, held, pause);
    const building = new Map(office.driver.pictures().map((slave) => [slave.label, taskText(slave)]));
    const done = held.map((label): Line => {
      const what = building.get(label) ?? '';
      return { subject: label, text: `It gets no further work: ${pause.why}.${what && ` ${textOf(what)}`}` };
    });
    const afterwards = async () => {
      office.driver.pause(
        slaves.map(({ slaveId }) => slaveId),
        pause,
      );
      if (cancels) await cancelBuilds(office, (label) => held.includes(label), pause.why);
    };
    return { done, refused, afterwards };
  });
}

async function cancelBuilds(office: Office, isHalted: (label: string) => boolean, why: string): Promise<void> {
  const halted = office.driver.pictures().filter(({ label }) => isHalted(label));
  const attempts = halted.flatMap(({ task }) => (task ? [task.attempt] : []));
  await stopAttempts(office, attempts, 'halted', why);
}

function resumeAll(office: Office, who: string): Promise<Done> {
  const { disk } = office.premises;
  return carryOut(office, { order: 'RESUME', who }, async (tx) => {
    await pauseFarm(tx, null);
    const resumed = await pauseSlaves(tx, 'all', null);
    return {
      done: [
        { subject: 'all', text: disk.pause ? `No operator holds it back. ${disk.pause.why}` : 'The farm gives work.' },
        ...resumed.map(({ label }) => ({ subject: label, text: 'It gets work again.' })),
      ],
      tell: ['farm'],
      afterwards: () => {
        office.driver.resume(resumed.map(({ slaveId }) => slaveId));
        office.driver.resume('all');
      },
    };
  });
}

function resumeSome(office: Office, labels: readonly string[], who: string): Promise<Done> {
  return carryOut(office, { order: 'RESUME', who }, async (tx) => {
    const { slaves, refused } = chooseSlaves(labels, await listSlaves(tx));
    const resumed = await pauseSlaves(
      tx,
      slaves.map(({ label }) => label),
      null,
    );
    const { paused: farmPause } = await readFarm(tx);
    const text = farmPause ? 'It gets work again as soon as the farm is resumed.' : 'It gets work again.';
    const unmoved = slaves.filter(({ slaveId }) => !resumed.some((one) => one.slaveId === slaveId));
    return {
      done: resumed.map(({ label }) => ({ subject: label, text })),
      refused: [...refused, ...unmoved.map(({ label }) => notPaused(label, farmPause))],
      afterwards: () => office.driver.resume(resumed.map(({ slaveId }) => slaveId)),
    };
  });
}

const notPaused = (label: string, farmPause: Pause | null): Line => ({
  subject: label,
  text: farmPause ? 'The whole farm is paused: resume them all.' : 'It is not paused.',
});
