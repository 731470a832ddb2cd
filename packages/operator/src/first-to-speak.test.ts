import { once } from 'node:events';
import { createServer } from 'node:net';
import { openTestControl } from '@piw/wire/testing/open-control';
import { temporaryDir } from '@piw/wire/testing/temporary-dir';
import { expect, onTestFinished, test } from 'vitest';
import { findMaster } from './find-master.ts';
import { firstToSpeak } from './first-to-speak.ts';

/** As a master that stands still: the system takes connections for it, and nobody reads. */
async function openSilent(): Promise<string> {
  const path = `${await temporaryDir()}/piw-control`;
  const server = createServer({ pauseOnConnect: true }, (socket) => onTestFinished(() => void socket.destroy()));
  server.listen(path);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `ipc://${path}`;
}

test('of several masters the one that speaks is found, however soon another takes the connection', async () => {
  const silent = await openSilent();
  const { address } = await openTestControl(`ipc://${await temporaryDir()}/piw-control`, {});
  expect(await firstToSpeak({ addresses: [silent, address], keys: undefined })).toMatchObject({ address });
  expect(await findMaster({ runDir: undefined, controlQueue: [silent, address] })).toBe(address);
});

test('where all masters stand still none is gone to, and that is told', async () => {
  const addresses = [await openSilent(), await openSilent()];
  expect(await firstToSpeak({ addresses, keys: undefined, patienceMs: 50 })).toMatchObject({ address: null });
  await expect(findMaster({ runDir: undefined, controlQueue: addresses })).rejects.toThrow(/^No master answers at /);
});

test('who wants to know no more waits no longer', async () => {
  const begunMs = performance.now();
  const search = { addresses: [await openSilent()], keys: undefined, signal: AbortSignal.timeout(20) };
  expect(await firstToSpeak(search)).toMatchObject({ address: null });
  expect(performance.now() - begunMs).toBeLessThan(2000);
});
