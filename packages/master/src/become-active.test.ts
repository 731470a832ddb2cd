import { openPool } from '@piw/db/connect';
import { readFarm } from '@piw/db/farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { openLog } from '@piw/host/log';
import { expect, onTestFinished, test, vi } from 'vitest';
import { becomeActive } from './become-active.ts';

const database = useDatabase();

/** Breaks the connection that holds the master lock. */
const breakLock = `
  select pg_terminate_backend(pid) from pg_locks join pg_stat_activity using (pid)
  where locktype = 'advisory' and datname = current_database() and pid <> pg_backend_pid()`;

function candidate() {
  const pool = openPool(database.dsn, { max: 3 });
  const stopping = new AbortController();
  const active = becomeActive(
    { pool, log: openLog({ console: { write: () => undefined }, level: 'error' }).logger, everyMs: 5 },
    stopping.signal,
  );
  onTestFinished(async () => {
    stopping.abort();
    (await active.catch(() => undefined))?.resign();
    await pool.end();
  });
  return { pool, active, signal: stopping.signal };
}

/** The next query of that kind finds that the server has just gone. */
function goneAtNext(pool: ReturnType<typeof openPool>, name: string) {
  const query = pool.query.bind(pool) as (asked: { name?: string }) => Promise<unknown>;
  let left = 1;
  const spy = vi.spyOn(pool, 'query').mockImplementation(((asked: { name?: string }) => {
    if (asked.name !== name || left === 0) return query(asked);
    left -= 1;
    return Promise.reject(new Error('Connection terminated unexpectedly'));
  }) as never);
  onTestFinished(() => spy.mockRestore());
  return { met: () => left === 0 };
}

test('a database that goes away just after it has answered is waited for by who becomes active', async () => {
  const { pool, active } = candidate();
  const gone = goneAtNext(pool, 'schema-is-there');
  const { epoch } = await active;
  expect(gone.met()).toBe(true);
  expect((await readFarm(database.pool)).epoch).toBe(epoch);
});

test('a database that goes away just after it has answered is waited for by who takes the lock again', async () => {
  const { pool, active, signal } = candidate();
  const activity = await active;
  const gone = goneAtNext(pool, 'schema-is-there');
  const stop = new AbortController();
  const keeping = activity.keep(AbortSignal.any([signal, stop.signal]));
  const owner = openPool(database.ownerDsn, { max: 1 });
  onTestFinished(() => owner.end());
  await owner.query(breakLock);
  await vi.waitFor(async () => {
    expect(gone.met()).toBe(true);
    expect((await owner.query(`select from pg_locks where locktype = 'advisory'`)).rowCount).toBe(1);
  });
  stop.abort();
  await expect(keeping).resolves.toBeUndefined();
});
