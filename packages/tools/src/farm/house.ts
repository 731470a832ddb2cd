import { EventEmitter } from 'node:events';
import { hostname, userInfo } from 'node:os';
import { ipcAddress } from '@piw/host/ipc-address';
import { ControlClient } from '@piw/wire/control-client';
import type { Board } from '@piw/wire/status-board';
import { followStatus } from '@piw/wire/status-feed';
import { Crew } from './crew.ts';
import type { Database } from './database.ts';
import type { FarmFolder } from './folder.ts';
import { checkMachine, tellMachine } from './machine.ts';
import { narrate } from './narrate.ts';
import type { FarmOptions } from './options.ts';
import { masterOrder, slaveOrder, webOrder } from './orders.ts';
import { type Program, untilUp } from './program.ts';
import type { Roster } from './roster.ts';

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
  /** Resolves when no slave runs any more, each having ended in good order. */
  readonly deserted: Promise<void>;
  close(): Promise<void>;
}

/** What a house is built from. */
export interface Ground {
  readonly folder: FarmFolder;
  readonly options: FarmOptions;
  readonly roster: Roster;
  readonly database: Database;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const patienceMs = 60_000;

/** Starts web server, master and slaves, in this order; throws a Refusal with the last words of one that can't start. */
export async function openHouse(ground: Ground): Promise<House> {
  const { folder, options, say, signal } = ground;
  const world = { roster: ground.roster, logs: folder.logs, say };
  const [services, slaves] = [new Crew(world), new Crew(world)];
  const control = new ControlClient({ address: ipcAddress(folder.run, 'piw-control'), from: me() });
  const closing = new AbortController();
  const close = async (): Promise<void> => {
    closing.abort();
    control.close();
    await slaves.stop();
    await services.stop();
  };
  try {
    const machine = checkMachine(options, signal);
    machine.catch(() => undefined); // told below, unless something else went wrong before
    const siteUrl = await startWeb(services, ground);
    await services.start(masterOrder(folder, options, ground.database.dsn, siteUrl), (master) =>
      untilUp(master, control.ask('SNAPSHOT', {}, { timeoutMs: patienceMs, signal })),
    );
    const able = tellMachine(await machine, options, say);
    const numbers = Array.from({ length: able ? options.slaves : 0 }, (_, index) => index + 1);
    await Promise.all(
      numbers.map((number) => slaves.start(slaveOrder(folder, options, number), () => Promise.resolve())),
    );
    const news = follow(control, folder, say, closing.signal);
    const ended = Promise.race([services.ended(), ground.database.lost]);
    return { siteUrl, control, news, say, signal, ended, deserted: slaves.ended(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const me = (): string => `${userInfo().username}@${hostname()}`;

async function startWeb(services: Crew, { folder, options }: Ground): Promise<string> {
  let hear: (url: string) => void = () => undefined;
  const address = new Promise<string>((resolve) => (hear = resolve));
  const order = webOrder(folder, options, (line) => {
    const [, url] = /^site\s+(\S+\/)simple\/$/.exec(line) ?? [];
    if (url) hear(url);
  });
  return services.start(order, (web: Program) => untilUp(web, address));
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
