import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { packageName } from '@piw/wheel/package-name';
import { afterEach, expect, test } from 'vitest';
import { IndexClient } from './index-client.ts';

const path = process.env['PATH'] ?? '';
const log = { debug: () => undefined };
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const page = {
  meta: { 'api-version': '1.1' },
  name: 'six',
  files: [{ filename: 'six-1.17.0.tar.gz', url: '../../files/six-1.17.0.tar.gz', hashes: {} }],
};

/** An index on loopback; what `answer` doesn't answer hangs. */
async function serve(answer: (url: string) => { status: number; body: string } | undefined): Promise<string> {
  const server: Server = createServer((request, response) => {
    const reply = answer(request.url ?? '');
    if (!reply) return;
    response.writeHead(reply.status, { 'content-type': 'application/vnd.pypi.simple.v1+json' }).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://someone:secret@127.0.0.1:${(server.address() as AddressInfo).port}/simple/`;
}

const lookUp = (indexUrl: string, name: string, options: { path?: string; patienceMs?: number } = {}) =>
  new IndexClient({ indexUrl, path, log, ...options }).lookUp(packageName.parse(name));

test('an index lists the files of a package, and of one that it does not know nothing', async () => {
  const url = await serve((asked) =>
    asked === '/simple/six/' ? { status: 200, body: JSON.stringify(page) } : { status: 404, body: '' },
  );
  expect((await lookUp(url, 'six'))?.files.map(({ filename }) => filename)).toEqual(['six-1.17.0.tar.gz']);
  expect(await lookUp(url, 'seven')).toBeUndefined();
});

test('a server that is no index is named without its password', async () => {
  const url = await serve(() => ({ status: 200, body: '{}' }));
  const refusal = await lookUp(url, 'six').catch((error: unknown) => error as Error);
  expect(refusal).toMatchObject({
    message: expect.stringMatching(/^The index at http:\/\/127\.0\.0\.1:\d+\/simple\/six\/ can't be used: /) as string,
    remedy: expect.stringContaining('--index-url') as string,
  });
});

test('a dead index is told in one line with its cause', async () => {
  const url = await serve(() => undefined);
  for (const close of closing.splice(0)) close();
  await expect(lookUp(url, 'six')).rejects.toThrow(/can't be used: Connection refused\.$/);
});

test('an index that never answers is given up', async () => {
  const url = await serve(() => undefined);
  await expect(lookUp(url, 'six', { patienceMs: 3000 })).rejects.toThrow("can't be used: it took more than 3 s.");
});

test('a master that stops waits for no index', async () => {
  const url = await serve(() => undefined);
  const client = new IndexClient({ indexUrl: url, path, log });
  const asked = client.lookUp(packageName.parse('six'));
  client.stop();
  await expect(asked).rejects.toThrow('The master is stopping.');
});

test('without a Python that has pip it says what to install', async () => {
  await expect(lookUp('http://index.example/', 'six', { path: '/nowhere' })).rejects.toMatchObject({
    message: 'No pip can be asked which index to use.',
    remedy: expect.stringContaining('python3-pip') as string,
  });
});
