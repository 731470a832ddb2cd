import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPip, type OpenPip } from './find-pip.ts';
import { startPip } from './pip-server.ts';

let dir: string;
let origin: string;
let open: OpenPip;
const asked: string[] = [];
const monday = 'Mon, 06 May 2024 03:02:01 GMT';
const server = createServer(({ url = '', headers }, response) => {
  asked.push(url);
  if (url === '/edition') {
    const isKnown = headers['if-none-match'] === '"2"' && headers['if-modified-since'] === monday;
    response.writeHead(isKnown ? 304 : 200, { etag: '"2"', 'last-modified': monday });
    return void response.end(isKnown ? undefined : 'page');
  }
  const place = { '/to-page': '/page', '/to-file': pathToFileURL(path.join(dir, 'secret')).href }[url];
  response.writeHead(place === undefined ? 200 : 302, place === undefined ? {} : { location: place });
  response.end('page');
});

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-pip-'));
  await writeFile(path.join(dir, 'secret'), 'secret');
  await once(server.listen(0, '127.0.0.1'), 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { signal } = new AbortController();
  open = await findPip({ path: process.env['PATH'] ?? '', args: ['--isolated'], onOutput: () => undefined, signal });
}, 30_000);

afterAll(async () => {
  await open.pip.close();
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});

test('a page that is the edition which is known already does not come again', async () => {
  const page = await open.pip.get(`${origin}/edition`, '*/*', 100);
  expect(page).toMatchObject({ status: 200, body: 'page', etag: '"2"', lastModified: monday });
  expect(await open.pip.get(`${origin}/edition`, '*/*', 100, page)).toMatchObject({ status: 304, body: '' });
  const older = { etag: '"1"', lastModified: null };
  expect(await open.pip.get(`${origin}/edition`, '*/*', 100, older)).toMatchObject({ status: 200 });
  expect(await open.pip.get(`${origin}/page`, '*/*', 100)).toMatchObject({ etag: null, lastModified: null });
});

test('a server’s redirect to a page is followed', async () => {
  expect(await open.pip.get(`${origin}/to-page`, '*/*', 100)).toMatchObject({ url: `${origin}/page`, body: 'page' });
});

test('a server cannot redirect a page or a download to a file of this machine', async () => {
  await expect(open.pip.get(`${origin}/to-file`, '*/*', 100)).rejects.toThrow('the server redirects to');
  const place = path.join(dir, 'download');
  await expect(open.pip.download(`${origin}/to-file`, place, [], 100)).rejects.toThrow('the server redirects to');
  await expect(stat(place)).rejects.toThrow('ENOENT');
});

test('a file that is asked for by name can be had, as find-links may name it', async () => {
  expect((await open.pip.get(pathToFileURL(path.join(dir, 'secret')).href, '*/*', 100)).body).toBe('secret');
});

test('the interpreter’s own pip.conf holds for what is installed, and one that lies in the environment does not', async () => {
  const [base, environment] = [path.join(dir, 'base'), path.join(dir, 'environment')];
  execFileSync('python3', ['-m', 'venv', '--without-pip', base]);
  const pip = startPip(path.join(base, 'bin/python'), () => undefined, new AbortController().signal, dir);
  try {
    await pip.makeVenv(environment);
    const configured = (name: string) => `[install]\nno-index = true\nfind-links = ${origin}/${name}/\n`;
    await writeFile(path.join(base, 'pip.conf'), configured('of-the-interpreter'));
    await writeFile(path.join(environment, 'pip.conf'), configured('of-a-wheel'));
    const code = await pip.install(environment, path.join(environment, 'bin/python'), ['--isolated', 'anything']);
    expect(code).toBe(1);
    expect(asked).toContain('/of-the-interpreter/');
    expect(asked).not.toContain('/of-a-wheel/');
  } finally {
    await pip.close();
  }
});
