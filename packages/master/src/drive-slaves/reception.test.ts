import { useDatabase } from '@piw/db/testing/use-database';
import type { Hello, ToSlave } from '@piw/wire/slave-protocol';
import { expect, test, vi } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { EndsBySlave } from './recent-ends.ts';
import { Reception } from './reception.ts';
import { Registry } from './registry.ts';
import type { SessionEvent } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';
import { TargetBook } from './target-book.ts';
import { vitals } from './testing/slave-model.ts';

const database = useDatabase();
const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };
const hello = (label: string): Hello => ({
  ...{ n: 1, instance: '1', protocols: [1], software: '1', owner: label, label, host: 'den', targets: [] },
  ...{ capabilities: {}, limits, holds: null, vitals },
});

/** A reception of a master that takes so many slaves; what it says, and whom it takes off the board. */
function open(most = 1) {
  const premises = testPremises(database.pool);
  const registry = new Registry(most);
  const said: ToSlave['type'][] = [];
  const gone: number[] = [];
  const delivered: string[] = [];
  const deliver = (slave: Slave, { type }: SessionEvent) => delivered.push(`${slave.hello.label} ${type}`);
  premises.bulletin.on('gone', (slave) => gone.push(slave));
  const sessions = {
    ...{ premises, registry, book: new TargetBook(premises), logs: { length: () => 0 } },
    recentEnds: new EndsBySlave([]),
    errands: { start: (work: () => Promise<void>) => void work() },
    send: (_: string, message: ToSlave) => said.push(message.type),
    letIn: () => true,
    deliver,
  } as unknown as Sessions;
  return { reception: new Reception(sessions), registry, said, gone, told: () => premises.told(), delivered };
}
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 5 });

test('a stranger gets no place among as many slaves as there may be, but for that of one that is away', async () => {
  const { reception, registry, said, gone } = open();
  reception.greet('a', hello('first'));
  await until(() => expect(registry.byLabel('first')).toBeDefined());
  const first = registry.byLabel('first')!;
  first.session = { ...first.session, state: { phase: 'idle' } };
  reception.greet('b', hello('second'));
  await until(() => expect(said).toEqual(['REFUSED']));
  first.session = { ...first.session, state: { phase: 'absent', how: 'lost' } };
  reception.greet('b', hello('second'));
  await until(() => expect(registry.byLabel('second')).toBeDefined());
  expect([registry.byLabel('first'), gone]).toEqual([undefined, [first.slaveId]]);
});

test('slaves that are refused are told of in the log, once a minute each and a few in all', async () => {
  const { reception, said, told } = open();
  for (let n = 0; n < 100; n++) reception.greet(`p${n}`, { ...hello(`old-${n % 50}`), protocols: [0] });
  await until(() => expect(said).toHaveLength(100));
  expect(told().match(/is refused/g)).toHaveLength(20);
  expect(new Set(told().match(/old-\d+/g)).size).toBe(20);
});

test('a connection is one slave: of one that comes with another label, the former has gone', async () => {
  const { reception, registry, delivered } = open(3);
  reception.greet('a', hello('label-1'));
  await until(() => expect(registry.byLabel('label-1')).toBeDefined());
  reception.greet('a', hello('label-2'));
  await until(() => expect(delivered).toContain('label-1 BYE'));
  expect(delivered.indexOf('label-1 BYE')).toBeLessThan(delivered.indexOf('label-2 MET'));
});

test('HELLOs of one owner are looked up four at a time, and those of another do not wait for them', async () => {
  const { reception, registry } = open(100);
  const hold = await database.pool.connect();
  await hold.query('begin; lock table slaves in exclusive mode');
  const lookUps = async (): Promise<number> => {
    const { rows } = await hold.query<{ count: number }>(
      `select count(*)::integer as count from pg_locks where relation = 'slaves'::regclass and not granted`,
    );
    return rows[0]!.count;
  };
  for (let n = 0; n < 20; n++) reception.greet(`a${n}`, { ...hello(`many-${n}`), owner: 'ann' });
  await until(async () => expect(await lookUps()).toBe(4));
  reception.greet('b', hello('bobs'));
  await until(async () => expect(await lookUps()).toBe(5));
  await hold.query('rollback');
  hold.release();
  await until(() => expect([...registry.all()]).toHaveLength(21));
});
