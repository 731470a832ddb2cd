import { useDatabase } from '@piw/db/testing/use-database';
import { ControlClient } from '@piw/wire/control-client';
import { followStatus } from '@piw/wire/status-feed';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newFolder } from '../testing/test-premises.ts';
import { OrderDesk } from './order-desk.ts';
import { startOffice } from './testing/running-office.ts';

const database = useDatabase();

test('who is at the machine may ask and follow by the run directory, whatever else was opened', async () => {
  const dir = newFolder();
  const office = await startOffice(database.pool, {
    options: {
      controlQueues: [`ipc://${dir}/piw-control`, 'tcp://127.0.0.1:0'],
      statusQueues: [`ipc://${dir}/piw-status`, 'tcp://127.0.0.1:0'],
    },
  });
  onTestFinished(() => office.stop());
  const [here, there] = office.controlAddresses.map((address) => new ControlClient({ address, from: 'bob@lab' }));
  onTestFinished(() => [here!, there!].forEach((control) => control.close()));
  const names = office.statusAddresses.map(
    (statusAddress, i) =>
      new Promise<string>((resolve) => {
        const following = new AbortController();
        onTestFinished(() => following.abort());
        const control = [here!, there!][i]!;
        void followStatus(
          { statusAddress, control, onChange: ({ board }) => board && resolve(board.farm.name) },
          following.signal,
        );
      }),
  );
  expect(await Promise.all(names)).toEqual(['test', 'test']);
});

test('where one of the control queues cannot be opened, none is left', async () => {
  const dir = newFolder();
  const office = await startOffice(database.pool);
  onTestFinished(() => office.stop());
  const { premises, driver, accountant } = office;
  const taken = office.controlAddresses[0]!;
  const open = (...controlQueues: string[]) =>
    OrderDesk.open(
      { ...premises, options: { ...premises.options, controlQueues } },
      { driver, accountant, logs: office.shelf },
    );
  await expect(open(`ipc://${dir}/piw-control`, taken)).rejects.toThrow('Another master is running');
  // zeromq lets go of an address a moment after its socket is closed.
  const desk = await vi.waitFor(() => open(`ipc://${dir}/piw-control`), { interval: 10 });
  await desk.run(AbortSignal.abort());
});
