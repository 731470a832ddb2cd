import { packageName } from '@piw/wheel/package-name';
import { expect, test } from 'vitest';
import { ThreadedFinder } from './threaded-finder.ts';

const six = packageName.parse('six');
const lines: string[] = [];

/** A finder whose threads are of this source. */
const finder = (source: string) =>
  new ThreadedFinder({
    ...{ indexUrl: 'http://index.example/', path: '/usr/bin', log: { debug: (line: string) => void lines.push(line) } },
    file: new URL(
      `data:text/javascript,${encodeURIComponent(`import { parentPort, workerData } from 'node:worker_threads';${source}`)}`,
    ),
  });
const refuses = `parentPort.once('message', () => {
  parentPort.postMessage({ type: 'refused', message: 'The master is stopping.', remedy: 'Wait.' });
});`;

test('a thread finds the versions that are meant, and says on the way what it does', async () => {
  const echo = `
    parentPort.postMessage({ type: 'debug', text: 'pip: hello' });
    parentPort.postMessage({ type: 'found', versions: [workerData] });`;
  const question = { name: 'six', wanted: 'newest', indexUrl: 'http://index.example/', path: '/usr/bin' };
  expect(await finder(echo).find(six, 'newest')).toEqual([question]);
  expect(lines).toEqual(['pip: hello']);
});

test('a finder that is stopped waits for no thread, and begins none', async () => {
  const stopped = finder(refuses);
  const answer = stopped.find(six, 'all');
  stopped.stop();
  await expect(answer).rejects.toMatchObject({ message: 'The master is stopping.', remedy: 'Wait.' });
  await expect(stopped.find(six, 'all')).rejects.toThrow('The master is stopping.');
});

test.each([
  ['ends without an answer', '', "The index's answer can't be read."],
  ['dies of an answer', "throw new Error('too much')", 'too much'],
])('a thread that %s takes nothing with it', async (_, source, words) => {
  await expect(finder(source).find(six, 'all')).rejects.toThrow(words);
});
