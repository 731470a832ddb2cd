import { makeTarget } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { afterEach, beforeAll, expect, vi } from 'vitest';
import { offer, RemoteSlave } from '../../drive-slaves/testing/remote-slave.ts';
import { type OfficeOptions, type RunningOffice, startOffice } from './running-office.ts';

/** Waits until something is so, as long as tests may. */
export const until = <T>(what: () => T | Promise<T>) => vi.waitFor(what, { timeout: 4000, interval: 5 });

/** What a test file has of it. */
interface Offices {
  readonly database: ReturnType<typeof useDatabase>;
  /** Ends everything that was begun. */
  readonly close: () => Promise<void>;
  /** An office with slaves that wait for work. */
  readonly begin: (labels?: readonly string[], options?: OfficeOptions) => Promise<BusyOffice>;
}

type BusyOffice = RunningOffice & { readonly slaves: readonly RemoteSlave[] };

/** Gives a test file a database with a target, offices on it, and slaves that come to them; each test leaves nothing behind. */
export function useOffices(): Offices {
  const database = useDatabase();
  const closing: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  beforeAll(() => makeTarget(database.pool, offer.abi));
  afterEach(async () => {
    await close();
    await database.pool.query('delete from packages');
    await database.pool.query('update farm set paused = null');
    await database.pool.query('update slaves set paused = null');
  });
  return {
    database,
    close,
    begin: async (labels = [], options) => {
      const office = await startOffice(database.pool, options);
      closing.push(() => office.stop());
      const slaves = labels.map((label) => {
        const slave = new RemoteSlave(office.driver.address, label);
        closing.push(() => slave.close());
        return slave;
      });
      await until(() => expect(slaves.every(({ model }) => model.welcomed)).toBe(true));
      return { ...office, slaves };
    },
  };
}

export const untilBuilding = (...slaves: readonly RemoteSlave[]) =>
  until(() => expect(slaves.map(({ model }) => model.holds?.phase)).toEqual(slaves.map(() => 'building')));
