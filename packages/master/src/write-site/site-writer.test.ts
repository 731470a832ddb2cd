import { useDatabase } from '@piw/db/testing/use-database';
import { expect, test, vi } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { SiteWriter } from './site-writer.ts';

const database = useDatabase();
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });

/** A writer whose thread tells what it was given and what it hears, or does what a test wants. */
function begin(onWord = `if (word === 'stop') parentPort.close(); else parentPort.postMessage('heard ' + word);`) {
  const source = `
    import { parentPort, workerData } from 'node:worker_threads';
    parentPort.postMessage(JSON.stringify([workerData.about, workerData.pace]));
    parentPort.on('message', (word) => { ${onWord} });`;
  const premises = testPremises(database.pool, {
    options: { siteUrl: 'https://wheels.example/' },
    periods: { pageMs: 123 },
  });
  const writer = new SiteWriter(premises, new URL(`data:text/javascript,${encodeURIComponent(source)}`));
  const stopping = new AbortController();
  const ended = writer.run(stopping.signal);
  ended.catch(() => undefined);
  return { premises, writer, ended, stop: () => stopping.abort() };
}

test('the thread hears of pages that were ordered and of targets that changed, until it is stopped', async () => {
  const { premises, writer, ended, stop } = begin();
  await until(() => expect(premises.told()).toContain('"siteUrl":"https://wheels.example/"'));
  expect(premises.told()).toContain('"pageMs":123');
  premises.bulletin.emit('pages');
  await until(() => expect(premises.told()).toContain('heard pages'));
  premises.bulletin.emit('farm');
  await until(() => expect(premises.told()).toContain('heard farm'));
  writer.wake();
  await until(() => expect(premises.told().match(/heard pages/g)).toHaveLength(2));
  stop();
  await expect(ended).resolves.toBeUndefined();
  expect(premises.bulletin.listenerCount('pages')).toBe(0);
});

test('a thread that fails ends the task with its error', async () => {
  const { writer, ended } = begin(`throw new Error('cannot draw');`);
  writer.wake();
  await expect(ended).rejects.toThrow('cannot draw');
});

test('a thread that ends by itself ends the task too', async () => {
  const { writer, ended } = begin('parentPort.close();');
  writer.wake();
  await expect(ended).rejects.toThrow('ended by itself');
});
