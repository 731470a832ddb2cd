import { withFullStop } from '@piw/host/with-full-stop';
import type { SlavePicture } from '@piw/wire/status-protocol';
import { carryOut, type Done } from './carry-out.ts';
import { choosePresent, taskText } from './choose-slaves.ts';
import type { Answering, Office } from './office.ts';
import { stopAttempts } from './stop-attempts.ts';
import { whoOf } from './who.ts';

/** How slaves are made to go. */
interface Departure {
  readonly order: 'DRAIN' | 'RESTART';
  readonly restart: boolean;
  readonly verb: string;
}

const draining: Departure = { order: 'DRAIN', restart: false, verb: 'stops' };
const restarting: Departure = { order: 'RESTART', restart: true, verb: 'restarts' };

/** Who stops, when, and whether to come back; the master itself too. */
export const departureOrders: Answering<'DRAIN' | 'KILL' | 'RESTART' | 'STOP'> = (office) => ({
  DRAIN: ({ slaves }, from) => letGo(office, draining, slaves, whoOf(from)),
  RESTART: ({ slaves }, from) => letGo(office, restarting, slaves, whoOf(from)),
  KILL: ({ slaves, why }, from) => kill(office, slaves, why ?? `killed by ${whoOf(from)}`, whoOf(from)),
  STOP: (_, from) => stopMaster(office, whoOf(from)),
});

/** Nobody is there to hear the order: it takes whoever started it. */
const calledBack = 'It is gone, and called back: piw-farm starts its own again, any other is started where it runs.';

function letGo(
  office: Office,
  { order, restart, verb }: Departure,
  which: readonly string[] | 'all',
  who: string,
): Promise<Done> {
  const { slaves, refused } = choosePresent(which, office.driver.pictures(), restart ? 'gone' : null);
  const textOf = (slave: SlavePicture): string => {
    if (slave.state === 'gone') return calledBack;
    return slave.task ? `It finishes ${taskText(slave)}, then it ${verb}.` : `It ${verb}.`;
  };
  return carryOut(office, { order, who }, () =>
    Promise.resolve({
      done: slaves.map((slave) => ({ subject: slave.label, text: textOf(slave) })),
      refused,
      afterwards: () => office.driver.die(idsOf(slaves), 'idle', restart),
    }),
  );
}

function kill(office: Office, which: readonly string[] | 'all', why: string, who: string): Promise<Done> {
  const { slaves, refused } = choosePresent(which, office.driver.pictures());
  const textOf = (slave: SlavePicture): string =>
    slave.task
      ? withFullStop(`It stops at once; its build of ${taskText(slave)} is cancelled: ${why}`)
      : 'It stops at once.';
  return carryOut(office, { order: 'KILL', who }, () =>
    Promise.resolve({
      done: slaves.map((slave) => ({ subject: slave.label, text: textOf(slave) })),
      refused,
      afterwards: async () => {
        const attempts = slaves.flatMap(({ task }) => (task ? [task.attempt] : []));
        await stopAttempts(office, attempts, 'killed', why);
        office.driver.die(idsOf(slaves), 'now', false);
      },
    }),
  );
}

function stopMaster(office: Office, who: string): Promise<Done> {
  return carryOut(office, { order: 'STOP', who }, () =>
    Promise.resolve({
      done: [{ subject: 'master', text: 'It stops; slaves of other machines go on and wait for it.' }],
      afterwards: () => office.premises.stop(`${who} ordered it`),
    }),
  );
}

const idsOf = (slaves: readonly SlavePicture[]): number[] => slaves.map(({ slave }) => slave);
