import { useDatabase } from '@piw/db/testing/use-database';
import type { Hello, ToSlave } from '@piw/wire/slave-protocol';
import { expect, test, vi } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { Reception } from './reception.ts';
import { Registry } from './registry.ts';
import type { Sessions } from './sessions.ts';
import { TargetBook } from './target-book.ts';
import { vitals } from './testing/slave-model.ts';

const database = useDatabase();
const limits = { timeoutMs: 1, memoryBytes: null, diskBytes: null, outputBytes: 1 };
const hello = (label: string): Hello => ({
  ...{ n: 1, instance: '1', protocols: [1], software: '1', owner: label, label, host: 'den', targets: [] },
  ...{ capabilities: {}, limits, holds: null, vitals },
});

/** A reception of a master that takes one slave; what it says, and whom it takes off the board. */
function open() {
  const premises = testPremises(database.pool);
  const registry = new Registry(1);
  const said: ToSlave['type'][] = [];
  const gone: number[] = [];
  premises.bulletin.on('gone', (slave) => gone.push(slave));
  const sessions = {
    ...{ premises, registry, book: new TargetBook(premises), logs: { length: () => 0 } },
    errands: { start: (work: () => Promise<void>) => void work() },
    send: (_: string, message: ToSlave) => said.push(message.type),
    letIn: () => true,
    deliver: () => undefined,
  } as unknown as Sessions;
  return { reception: new Reception(sessions), registry, said, gone };
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
