import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
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
  const told = oddly[url.slice(1)];
  if (told) {
    response.writeHead(told.status ?? 200, told.headers);
    response.write(told.body ?? '');
    if (told.isCut === true) setImmediate(() => response.destroy());
    else response.end();
    return;
  }
  const place = { '/to-page': '/page', '/to-file': pathToFileURL(path.join(dir, 'secret')).href }[url];
  response.writeHead(place === undefined ? 200 : 302, place === undefined ? {} : { location: place });
  response.end('page');
});

interface OddAnswer {
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly isCut?: boolean;
}

const packed = gzipSync('page '.repeat(1000));
const gzipped = { 'content-encoding': 'gzip' };
/** By what they do. */
const oddly: Readonly<Record<string, OddAnswer>> = {
  packs: { headers: gzipped, body: packed },
  'packs-twice': { headers: gzipped, body: Buffer.concat([packed, packed, Buffer.alloc(4)]) },
  bombs: { headers: gzipped, body: gzipSync(Buffer.alloc(32 << 20)) },
  'packs-within': { headers: { 'content-encoding': 'gzip, gzip' }, body: gzipSync(packed) },
  'ends-early': { headers: { 'content-length': '5000' }, body: 'page', isCut: true },
  'unpacks-half': { headers: gzipped, body: packed.subarray(0, -20) },
  'has-no-time': { status: 503, headers: { 'retry-after': '86400' } },
  'has-too-much-to-do': { status: 429, headers: { 'retry-after': 'Mon, 06 May 2080 03:02:01 GMT' } },
};

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

test.each(['packs', 'packs-twice'])('a page of a server that %s is read', async (what) => {
  const { body } = await open.pip.get(`${origin}/${what}`, '*/*', 20_000);
  expect(body).toBe('page '.repeat(what === 'packs' ? 1000 : 2000));
});

test.each([
  ['bombs', 'more than 65536 bytes'],
  ['packs-within', "comes as 'gzip, gzip', which nobody asked for"],
  ['ends-early', '4 of 5000 bytes came'],
  ['unpacks-half', 'the page ends in the middle'],
])('a page of a server that %s is none: %s', async (what, words) => {
  await expect(open.pip.get(`${origin}/${what}`, '*/*', 65_536)).rejects.toThrow(words);
});

test.each([
  ['has-no-time', 503, '86400'],
  ['has-too-much-to-do', 429, 'Mon, 06 May 2080 03:02:01 GMT'],
])('a server that %s says when to come again, and nobody sleeps until then', async (what, status, retryAfter) => {
  expect(await open.pip.get(`${origin}/${what}`, '*/*', 100)).toMatchObject({ status, retryAfter });
});

/** Where pip would go from an address that redirects to another; what it says where it refuses. */
function redirected(from: string, to: string): string {
  const script = fileURLToPath(new URL('../../python', import.meta.url));
  const lines = [
    'import sys; sys.path.insert(0, sys.argv[1])',
    'import pip_server; pip_server.import_pip(); pip_server.forbid_strange_redirects()',
    'from pip._vendor.requests import Response',
    'session, _ = pip_server.open_session({"pip": ["--isolated", "--trusted-host", "trusted.example"], "tmp": "."})',
    'answer = Response(); answer.status_code = 302; answer.url = sys.argv[2]; answer.headers["Location"] = sys.argv[3]',
    'try: said = session.get_redirect_target(answer)',
    'except Exception as error: said = str(error)',
    'pip_server.answers.write(said); pip_server.answers.flush()',
  ];
  return execFileSync('python3', ['-I', '-B', '-c', lines.join('\n'), script, from, to], { encoding: 'utf8' });
}

test.each([
  ['https://index.example/', 'http://other.example/', "the server redirects to 'http://other.example/'"],
  ['https://index.example/', 'http://trusted.example/', 'http://trusted.example/'],
  ['https://index.example/', '/elsewhere/', '/elsewhere/'],
  ['http://index.example/', 'http://other.example/', 'http://other.example/'],
])('a redirect from %s to %s comes to %s', (from, to, said) => {
  expect(redirected(from, to)).toBe(said);
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
