import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { openPool } from '@piw/db/connect';
import { ControlClient } from '@piw/wire/control-client';
import { type RunningDriver, startDriver } from '../../drive-slaves/testing/running-driver.ts';
import { IndexClient } from '../../follow-pypi/index-client.ts';
import { Accountant } from '../../keep-count/accountant.ts';
import type { MasterOptions } from '../../options.ts';
import type { LogShelf } from '../office.ts';
import { OrderDesk } from '../order-desk.ts';
import { finderHere } from '../version-finder.ts';

/** A master without files and pages, and somebody at its control socket. */
export interface RunningOffice extends Omit<RunningDriver, 'stop'> {
  readonly control: ControlClient;
  readonly statusAddress: string;
  readonly statusAddresses: readonly string[];
  readonly controlAddresses: readonly string[];
  readonly shelf: LogShelf;
  readonly accountant: Accountant;
  /** Why the master was told to stop. */
  readonly stopped: readonly string[];
  stop(): Promise<void>;
}

/** `from` is who asks. */
export interface OfficeOptions {
  readonly from?: string;
  readonly options?: Partial<MasterOptions>;
  readonly epoch?: number;
}

/** Starts it on a database. */
export async function startOffice(
  pool: ReturnType<typeof openPool>,
  { from = 'ada@desk', options = {}, epoch = 1 }: OfficeOptions = {},
): Promise<RunningOffice> {
  const running = await startDriver(pool, { epoch, periods: { statisticsMs: 200 } });
  const dir = mkdtempSync(join(tmpdir(), 'piw-office-'));
  const queues = { statusQueues: [`ipc://${dir}/status`], controlQueues: [`ipc://${dir}/control`] };
  const stopped: string[] = [];
  const premises = {
    ...running.premises,
    stop: (why: string) => void stopped.push(why),
    options: { ...running.premises.options, ...queues, ...options },
  };
  const accountant = await Accountant.open(premises, running.driver);
  const logs = shelfOf(running);
  const { indexUrl } = premises.options;
  const finder = finderHere(new IndexClient({ indexUrl, path: process.env['PATH'] ?? '', log: premises.log }));
  const desk = await OrderDesk.open(premises, { driver: running.driver, accountant, logs }, finder);
  const control = new ControlClient({ address: desk.addresses[0]!, from });
  const stopping = new AbortController();
  const tasks = Promise.all([accountant.run(stopping.signal), desk.run(stopping.signal)]);
  const stop = async () => {
    control.close();
    stopping.abort();
    await tasks;
    await running.stop();
    rmSync(dir, { recursive: true });
  };
  const addresses = { statusAddress: accountant.addresses[0]!, statusAddresses: accountant.addresses };
  const all = { ...addresses, controlAddresses: desk.addresses, shelf: logs };
  return { ...running, ...all, premises, control, accountant, stopped, stop };
}

const shelfOf = ({ logs, driver }: RunningDriver): LogShelf => ({
  read: (attempt, offset, limit) => {
    const bytes = logs.kept.get(attempt) ?? Buffer.alloc(0);
    const ended = driver.pictures().every(({ task }) => task?.attempt !== attempt);
    return Promise.resolve({ bytes: bytes.subarray(offset, offset + limit), sizeBytes: bytes.length, ended });
  },
  close: logs.close,
});
