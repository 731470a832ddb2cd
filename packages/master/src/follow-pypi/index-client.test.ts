import { packageName } from '@piw/wheel/package-name';
import { afterEach, expect, test } from 'vitest';
import { IndexClient } from './index-client.ts';
import { listing, type SmallAnswer, startIndex } from './testing/small-index.ts';

const path = process.env['PATH'] ?? '';
const log = { debug: () => undefined };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(answer: SmallAnswer): Promise<string> {
  const { url, close } = await startIndex(answer);
  closing.push(close);
  return url;
}

const never: SmallAnswer = () => undefined;
const client = (indexUrl: string, options: { path?: string; patienceMs?: number } = {}) =>
  new IndexClient({ indexUrl, path, log, ...options });
const six = packageName.parse('six');

test('an index lists the files of a package, and of one that it does not know nothing', async () => {
  const url = await serve(listing({ six: ['six-1.17.0.tar.gz'] }));
  expect((await client(url).lookUp(six))?.files.map(({ filename }) => filename)).toEqual(['six-1.17.0.tar.gz']);
  expect(await client(url).lookUp(packageName.parse('seven'))).toBeUndefined();
});

test('a server that is no index is named without its password', async () => {
  const url = await serve(() => ({ status: 200, body: '{}' }));
  await expect(client(url).lookUp(six)).rejects.toMatchObject({
    message: expect.stringMatching(
      /^The index at http:\/\/127\.0\.0\.1:\d+\/simple\/six\/ can't be used: .*[^.]\.$/,
    ) as string,
    remedy: expect.stringContaining('--index-url') as string,
  });
});

test('a dead index is told in one line with its cause', async () => {
  const url = await serve(never);
  for (const close of closing.splice(0)) await close();
  await expect(client(url).lookUp(six)).rejects.toThrow(/can't be used: Connection refused\.$/);
});

test('an index that never answers is given up', async () => {
  const url = await serve(never);
  const impatient = client(url, { patienceMs: 500 });
  await expect(impatient.lookUp(six)).rejects.toThrow("can't be used: it took more than 0.5 s.");
});

test('a master that stops waits for no index', async () => {
  const asked = client(await serve(never));
  const answer = asked.lookUp(six);
  asked.stop();
  await expect(answer).rejects.toThrow('The master is stopping.');
});

test('without a Python that has pip it says what to install', async () => {
  await expect(client('http://index.example/', { path: '/nowhere' }).lookUp(six)).rejects.toMatchObject({
    message: 'No pip can be asked which index to use.',
    remedy: expect.stringContaining('python3-pip') as string,
  });
});
