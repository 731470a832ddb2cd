import { link, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AddressError } from './address-error.ts';
import { listen } from './listener.ts';
import { fromSlave, toSlave } from './slave-protocol.ts';
import { temporaryDir } from './testing/temporary-dir.ts';

async function open(address: string) {
  const listener = await listen({ address, hears: fromSlave, says: toSlave });
  onTestFinished(() => listener.close());
  return listener;
}

test('port 0 becomes one that others can dial', async () => {
  expect((await open('tcp://127.0.0.1:0')).address).toMatch(/^tcp:\/\/127\.0\.0\.1:[1-9]\d+$/);
});

test('a taken port is named', async () => {
  const { address } = await open('tcp://127.0.0.1:0');
  await expect(open(address)).rejects.toThrow(`${address} is taken by another program.`);
});

test('an ipc socket is for owner and group only', async () => {
  const dir = await temporaryDir();
  await open(`ipc://${dir}/status`);
  expect((await stat(join(dir, 'status'))).mode & 0o777).toBe(0o660);
});

test('the socket of a living master is not taken over', async () => {
  const dir = await temporaryDir();
  await open(`ipc://${dir}/status`);
  await expect(open(`ipc://${dir}/status`)).rejects.toThrow(`Another master is running on ipc://${dir}/status.`);
});

test('the socket that a dead master left is replaced', async () => {
  const path = join(await temporaryDir(), 'status');
  await leaveSocket(path);
  expect((await stat(path)).isSocket()).toBe(true);
  expect((await open(`ipc://${path}`)).address).toBe(`ipc://${path}`);
});

test('a file that is no socket is left alone', async () => {
  const path = join(await temporaryDir(), 'status');
  await writeFile(path, 'precious');
  await expect(open(`ipc://${path}`)).rejects.toThrow('is not a socket');
});

test('a path that is too long is refused with the reason', async () => {
  await expect(open(`ipc://${await temporaryDir()}/${'x'.repeat(100)}`)).rejects.toThrow('107 bytes at most');
});

test.each([
  ['tcp://203.0.113.9:5555', 'is not an address of this machine'],
  ['ipc:///nowhere/at/all', "a folder that doesn't exist"],
  ['fish', "can't be listened on"],
])('%s is refused with the reason and a remedy', async (address, reason) => {
  const error: unknown = await open(address).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AddressError);
  expect((error as AddressError).message).toContain(reason);
  expect((error as AddressError).remedy).toMatch(/^[A-Z].*\.$/);
});

/** As a killed process leaves it: the file is there, and nobody listens. A hard link survives the server's own clearing up. */
async function leaveSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(`${path}.living`, resolve));
  await link(`${path}.living`, path);
  await new Promise((resolve) => server.close(resolve));
}
