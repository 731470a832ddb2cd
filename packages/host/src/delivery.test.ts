import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { deliveryOf } from './delivery.ts';

/** An output that fails with this, a turn after it was written to. */
const failing = (code: string): Writable =>
  new Writable({
    write: (_chunk, _encoding, done) =>
      void setImmediate(() => done(Object.assign(new Error(`${code}: it fails, write`), { code }))),
  });

test('what arrives is delivered', async () => {
  const output = new Writable({ write: (_chunk, _encoding, done) => void setImmediate(done) });
  const delivered = deliveryOf(output);
  output.write('all of it');
  await expect(delivered()).resolves.toBeUndefined();
});

test('what a full disk does not take is told with its reason', async () => {
  const output = failing('ENOSPC');
  const delivered = deliveryOf(output);
  output.write('too much');
  await expect(delivered()).rejects.toThrow("What it has to say can't be written: ENOSPC: it fails, write.");
  await expect(delivered()).rejects.toThrow('ENOSPC');
});

test('a reader who has left is none to complain to', async () => {
  const output = failing('EPIPE');
  const delivered = deliveryOf(output);
  output.write('for nobody');
  await expect(delivered()).rejects.toMatchObject({ name: 'ShutdownRequest', by: 'SIGPIPE' });
});

test('a terminal that is closed is no failure of the program', async () => {
  const output = Object.assign(failing('EIO'), { isTTY: true });
  const delivered = deliveryOf(output);
  output.write('for nobody');
  await expect(delivered()).resolves.toBeUndefined();
});
