import type { StatusPublishers } from '@piw/wire/status-publishers';
import type { Bulletin, Notices } from '../bulletin.ts';
import type { Waker } from '../waker.ts';
import type { Figures } from './figures.ts';
import type { Chronicle } from './history/chronicle.ts';
import { chronicleBytes, chronicleEnd } from './history/tell-chronicle.ts';
import type { Ledger } from './ledger.ts';
import type { Pulse } from './pulse.ts';

/** Where what the other tasks tell goes. */
export interface Desk {
  readonly ledger: Ledger;
  readonly figures: Figures;
  readonly chronicle: Chronicle;
  readonly pulse: Pulse;
  readonly publisher: Pick<StatusPublishers, 'say' | 'watched'>;
  /** The farm's pause or targets are to be looked at again; the queue is to be counted again. */
  readonly farm: Waker;
  readonly queue: Waker;
}

type Readers = { readonly [K in keyof Notices]?: (...notice: Notices[K]) => void };

/** Enters into the ledger what the other tasks tell, as they tell it. Returns what ends that. */
export function followBulletin(bulletin: Bulletin, desk: Desk): () => void {
  const readers = Object.entries(readersFor(desk)) as [keyof Notices, () => void][];
  for (const [notice, reader] of readers) bulletin.on(notice, reader);
  return () => {
    for (const [notice, reader] of readers) bulletin.off(notice, reader);
  };
}

const readersFor = (desk: Desk): Readers => ({
  slave: (slave) => desk.ledger.enter({ type: 'SLAVE', body: { slave } }),
  gone: (slave) => desk.ledger.enter({ type: 'GONE', body: { slave } }),
  heard: desk.pulse.note,
  began: (build) => {
    const known = knownBuild(desk.ledger, build);
    if (known) desk.figures.takeBack(known);
    desk.ledger.enter({ type: 'BUILD', body: { build } });
    desk.queue.wake();
  },
  ended: (build) => {
    tellEnd(desk, build);
    desk.queue.wake();
  },
  log: (growth) => {
    if (desk.publisher.watched(growth.attempt)) void desk.publisher.say({ type: 'LOG', body: growth });
  },
  arrived: (attempt, bytes) => chronicleBytes(desk.chronicle, desk.ledger.board, attempt, bytes),
  queue: desk.queue.wake,
  job: desk.queue.wake,
  farm: desk.farm.wake,
  attention: (attention) => desk.ledger.enter({ type: 'ATTENTION', body: { attention } }),
});

/** A build ended; it counts once, however often that is told. */
export function tellEnd(desk: Pick<Desk, 'ledger' | 'figures' | 'chronicle'>, build: Notices['ended'][0]): void {
  const { ledger, figures, chronicle } = desk;
  if (knownBuild(ledger, build)?.outcome == null) {
    figures.note(build);
    chronicleEnd(chronicle, build);
  }
  ledger.enter({ type: 'BUILD', body: { build } });
}

const knownBuild = ({ board }: Ledger, build: Notices['ended'][0]) =>
  board.builds.find(({ attempt }) => attempt === build.attempt);
