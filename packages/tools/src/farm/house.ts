import { EventEmitter } from 'node:events';
import { ipcAddress } from '@piw/host/ipc-address';
import { whoAsks } from '@piw/operator/who-asks';
import { targetName } from '@piw/wheel/target';
import { ControlClient } from '@piw/wire/control-client';
import type { Board } from '@piw/wire/status-board';
import { followStatus } from '@piw/wire/status-feed';
import { Crew } from './crew.ts';
import type { Database } from './database.ts';
import type { FarmFolder } from './folder.ts';
import { checkMachine, type Machine, tellMachine } from './machine.ts';
import { narrate } from './narrate.ts';
import type { FarmOptions } from './options.ts';
import { labelOf, masterOrder, slaveOrder, webOrder } from './orders.ts';
import { type Comeback, type Program, type ProgramOrder, untilUp } from './program.ts';
import { Recalls } from './recalls.ts';
import type { Roster } from './roster.ts';
import { untilHeard } from './until-heard.ts';

/** A farm that is up: its programs run, pip may use its site. */
export interface House {
  /** With its last slash. */
  readonly siteUrl: string;
  readonly control: ControlClient;
  /** `board` whenever the picture of the farm changes. */
  readonly news: EventEmitter<{ board: [Board] }>;
  readonly say: (line: string) => void;
  /** Aborted when somebody wants the farm to stop. */
  readonly signal: AbortSignal;
  /** Resolves when the master was stopped by an order; rejects when the database is lost. */
  readonly ended: Promise<void>;
  /** Resolves when the slaves are at work, with the targets that they build for; rejects where nothing can be built. */
  readonly manned: Promise<ReadonlySet<string>>;
  /** Resolves when no slave runs any more, each having ended in good order. */
  readonly deserted: Promise<void>;
  close(): Promise<void>;
}

/** What a house is built from. */
export interface Ground {
  readonly folder: FarmFolder;
  readonly options: FarmOptions;
  readonly roster: Roster;
  /** It may still be starting. */
  readonly database: Promise<Database>;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const patienceMs = 60_000;

/**
 * Starts the web server beside the database, then the master, and then, while pip may use the site already, the slaves. Throws a Refusal
 * with the last words of what can't start.
 */
export async function openHouse(ground: Ground): Promise<House> {
  const { folder, options, say, signal } = ground;
  const world = { roster: ground.roster, logs: folder.logs, say };
  const [web, masters, slaves] = [new Crew(world), new Crew(world), new Crew(world)];
  const closing = new AbortController();
  const stop = AbortSignal.any([signal, closing.signal]);
  let control: ControlClient | undefined;
  const reach = async (): Promise<ControlClient> => {
    const address = ipcAddress(folder.run, 'piw-control');
    await untilHeard(address, stop);
    control = new ControlClient({ address, from: whoAsks() });
    await control.ask('SNAPSHOT', {}, { timeoutMs: patienceMs, signal });
    return control;
  };
  const machine = checkMachine(options, stop);
  machine.catch(() => undefined); // heard where slaves are started, unless something else goes wrong before
  const close = async (): Promise<void> => {
    closing.abort();
    control?.close();
    await slaves.stop();
    await Promise.all([masters.stop(), web.stop()]);
  };
  try {
    const siteUrl = await startWeb(web, ground);
    const { dsn, lost } = await ground.database;
    const order = masterOrder(folder, options, dsn, siteUrl);
    const reached = await masters.start(order, (master) => untilUp(master, reach()));
    const news = follow(reached, folder, say, closing.signal);
    const manned = machine.then((found) => man(found, slaves, news, ground));
    const deserted = manned.then(() => slaves.ended());
    deserted.catch(() => undefined); // whoever needs the slaves hears it from `manned`
    const ended = Promise.race([masters.ended(), lost]);
    return { siteUrl, control: reached, news, say, signal, ended, manned, deserted, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Says what this machine can build, starts the slaves and waits until the master knows what they build for. */
async function man(machine: Machine, slaves: Crew, news: House['news'], ground: Ground): Promise<ReadonlySet<string>> {
  const { folder, options, say } = ground;
  const number = tellMachine(machine, options, say) ? options.slaves : 0;
  const targets = new Set(number === 0 ? [] : machine.interpreters.usable.map(({ target }) => targetName(target)));
  const known = new Promise<void>((resolve) => {
    const look = ({ farm }: Board): void => {
      const active = new Set(farm.targets.filter(({ retired }) => !retired).map(({ target }) => target));
      if (![...targets].every((target) => active.has(target))) return;
      news.off('board', look);
      resolve();
    };
    news.on('board', look);
  });
  const numbers = Array.from({ length: number }, (_, index) => index + 1);
  const recalls = new Recalls();
  news.on('board', (board) => recalls.learn(board));
  const orderOf = (one: number): ProgramOrder => {
    const order = slaveOrder(folder, options, one);
    return options.once ? order : { ...order, comeback: comebackOf(labelOf(one), folder, recalls) };
  };
  await Promise.all(numbers.map((one) => slaves.start(orderOf(one), () => Promise.resolve())));
  if (number > 0) await known;
  return targets;
}

/** A slave that was killed or drained comes back when an operator restarts it, as with any service. */
const comebackOf = (label: string, { run }: FarmFolder, recalls: Recalls): Comeback => ({
  command: `"piw-control restart ${label} --run-dir ${run}"`,
  wanted: (signal) => recalls.wanted(label, signal),
});

async function startWeb(crew: Crew, { folder, options }: Ground): Promise<string> {
  let hear: (url: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (hear = resolve));
  const order = webOrder(folder, options, (url) => hear(url));
  return crew.start(order, (web: Program) => untilUp(web, address));
}

/** Tells what happens, a line an event, and passes each picture on. */
function follow(
  control: ControlClient,
  folder: FarmFolder,
  say: (line: string) => void,
  signal: AbortSignal,
): House['news'] {
  const news: House['news'] = new EventEmitter();
  let before: Board | null = null;
  const onChange = ({ board }: { readonly board: Board | null }): void => {
    if (board === null || board === before) return;
    for (const line of narrate(before, board)) say(line);
    before = board;
    news.emit('board', board);
  };
  const statusAddress = ipcAddress(folder.run, 'piw-status');
  followStatus({ statusAddress, control, onChange }, signal).catch((error: unknown) => say(String(error)));
  return news;
}
