import { fromControl, toControl } from '@piw/wire/control-protocol';
import { dial } from '@piw/wire/dialler';
import { expect, onTestFinished, test } from 'vitest';
import { until, useOffices } from './testing/office-with-slaves.ts';

const { begin } = useOffices();

test('an order that comes too late changes nothing, and is in the journal with who gave it and what it was about', async () => {
  const { control } = await begin(['rock-1']);
  const stale = dial({ address: control.address, hears: fromControl, says: toControl });
  onTestFinished(() => stale.close());
  const untilMs = (await control.when()) - 2500;
  const from = 'ann@desk';
  const pause = { slaves: ['rock-1'], why: null };
  const skip = { what: { package: 'Foo.Bar', version: '1.0', target: null }, why: 'stale' };
  const retire = { target: 'cp311-linux_aarch64' };
  const orders = [
    { question: 'PAUSE', ask: pause },
    { question: 'SKIP', ask: skip },
    { question: 'RETIRE_TARGET', ask: retire },
    { question: 'STOP', ask: {} },
  ] as const;
  for (const [id, order] of orders.entries())
    expect(await stale.say({ type: 'ASK', body: { id, ...order, from, untilMs } }, { patienceMs: 10_000 })).toBe(true);
  const entries = await until(async () => {
    const journal = await control.ask('JOURNAL', { limit: 10, before: null });
    expect(journal.entries).toHaveLength(4);
    return journal.entries;
  });
  expect(entries.map(({ order, subject }) => `${order} ${subject}`).sort()).toEqual([
    'PAUSE rock-1',
    'RETIRE_TARGET cp311-linux_aarch64',
    'SKIP foo-bar 1.0',
    'STOP master',
  ]);
  expect(entries[0]?.who).toBe(from);
  expect(entries[0]?.text).toMatch(/^It came \d+ s too late, and was not carried out\.$/);
  const { slaves } = await control.ask('SNAPSHOT', {});
  expect(slaves.map(({ label, state }) => `${label} ${state}`)).toEqual(['rock-1 idle']);
});
