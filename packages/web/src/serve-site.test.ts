import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openLog } from '@piw/host/log';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Site, serveSite } from './serve-site.ts';

const json = 'application/vnd.pypi.simple.v1+json';
const html = 'application/vnd.pypi.simple.v1+html';
const wheel = 'packages/ab/cdef/foo_bar-1.0+x-py3-none-any.whl';
const log = openLog({ console: { write: () => true }, level: 'error' }).logger;

let dir: string;
let output: string;
let site: Site;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'site-'));
  output = join(dir, 'output');
  publish('index.html', '<h1>home</h1>');
  publish('404.html', '<h1>lost?</h1>');
  publish('simple/index.html', '<a>all</a>');
  publish('simple/index.json', '{"projects":[]}');
  publish('simple/foo-bar/index.html', '<a>foo</a>');
  publish('simple/foo-bar/index.json', '{"files":[]}');
  publish('simple/old/index.html', '<a>old</a>');
  publish('project/foo-bar/json/index.json', '{"json":1}');
  publish(wheel, '0123456789');
  publish(`${wheel}.metadata`, 'Metadata-Version: 2.1\n');
  publish('logs/0001/2345/6789.txt.gz', gzipSync('building…\n'));
  publish('incoming/half.whl', 'secret');
  publish('.htaccess', 'secret');
  publish('empty/file.txt', '');
  writeFileSync(join(dir, 'outside.txt'), 'secret');
  symlinkSync(join(dir, 'outside.txt'), join(output, 'way-out.txt'));
  symlinkSync(join(output, 'incoming'), join(output, 'detour'));
  site = await serveSite({ outputDir: output, host: '127.0.0.1', port: 0, log });
});
afterAll(async () => {
  await site.close();
  rmSync(dir, { recursive: true });
});

function publish(path: string, content: string | Buffer): void {
  mkdirSync(dirname(join(output, path)), { recursive: true });
  writeFileSync(join(output, path), content);
}

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${site.url}${path}`, { headers, method, redirect: 'manual' });

test('the address tells where the site is', () => {
  expect(site.url).toBe(`http://127.0.0.1:${site.port}/`);
});

test.each([
  [undefined, 'text/html; charset=utf-8', '<a>foo</a>'],
  [`${json}, ${html};q=0.1, text/html;q=0.01`, json, '{"files":[]}'],
  [html, html, '<a>foo</a>'],
])('a page of the index comes in the form that "Accept: %s" likes best', async (accept, type, body) => {
  const response = await get('simple/foo-bar/', accept === undefined ? {} : { accept });
  expect(response.headers.get('content-type')).toBe(type);
  expect(response.headers.get('vary')).toBe('Accept');
  expect(await response.text()).toBe(body);
});

test('the list of all projects is negotiated too', async () => {
  expect(await (await get('simple/', { accept: json })).json()).toEqual({ projects: [] });
});

test('the format may be asked for in the address', async () => {
  const response = await get(`simple/foo-bar/?format=${encodeURIComponent(json)}`);
  expect(response.headers.get('content-type')).toBe(json);
});

test('a page that exists in HTML only is HTML for whoever takes that, and not acceptable to others', async () => {
  expect((await get('simple/old/', { accept: `${json}, text/html;q=0.1` })).headers.get('content-type')).toMatch(
    /^text\/html/,
  );
  const refused = await get('simple/old/', { accept: json });
  expect(refused.status).toBe(406);
  expect(refused.headers.get('vary')).toBe('Accept');
});

test.each([
  ['simple/Foo_Bar/?x=1', '../foo-bar/?x=1'],
  ['simple/foo-bar', './foo-bar/'],
  ['project/foo-bar/json', './json/'],
])('%s redirects to %s', async (path, to) => {
  const response = await get(path);
  expect([response.status, response.headers.get('location')]).toEqual([301, to]);
});

test.each([
  [wheel, 'application/octet-stream', 'public, max-age=31536000, immutable'],
  [`${wheel}.metadata`, 'text/plain; charset=utf-8', 'public, max-age=31536000, immutable'],
  ['simple/foo-bar/index.json', json, 'no-cache'],
  ['project/foo-bar/json/', 'application/json', 'no-cache'],
  ['', 'text/html; charset=utf-8', 'no-cache'],
])('/%s is %s, cached as %s', async (path, type, cache) => {
  const { status, headers } = await get(path);
  expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, type, cache]);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

test('HEAD tells length and tag without the content', async () => {
  const response = await get(wheel, {}, 'HEAD');
  expect(response.headers.get('content-length')).toBe('10');
  expect(response.headers.get('accept-ranges')).toBe('bytes');
  expect(await response.text()).toBe('');
});

test('what has not changed is not sent again, and is when it was replaced', async () => {
  const tag = (await get('simple/foo-bar/', { accept: json })).headers.get('etag')!;
  const again = await get('simple/foo-bar/', { accept: json, 'if-none-match': `"other", W/${tag}` });
  expect([again.status, again.headers.get('vary'), await again.text()]).toEqual([304, 'Accept', '']);
  expect((await get('simple/foo-bar/', { accept: 'text/html', 'if-none-match': tag })).status).toBe(200);
  utimesSync(join(output, 'simple/foo-bar/index.json'), 1e9, 1e9);
  expect((await get('simple/foo-bar/', { accept: json, 'if-none-match': tag })).status).toBe(200);
});

test('who knows a date is told whether something is newer', async () => {
  const date = (await get(wheel)).headers.get('last-modified')!;
  expect((await get(wheel, { 'if-modified-since': date })).status).toBe(304);
  expect((await get(wheel, { 'if-modified-since': new Date(0).toUTCString() })).status).toBe(200);
});

test('the end of a wheel can be had alone', async () => {
  const response = await get(wheel, { range: 'bytes=-3' });
  expect(response.status).toBe(206);
  expect(response.headers.get('content-range')).toBe('bytes 7-9/10');
  expect(response.headers.get('content-length')).toBe('3');
  expect(await response.text()).toBe('789');
});

test('a range beyond the end is refused with the size', async () => {
  const response = await get(wheel, { range: 'bytes=10-' });
  expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */10']);
});

test('a download of an edition that is gone starts over', async () => {
  const tag = (await get(wheel)).headers.get('etag')!;
  expect((await get(wheel, { range: 'bytes=5-', 'if-range': tag })).status).toBe(206);
  const over = await get(wheel, { range: 'bytes=5-', 'if-range': '"gone"' });
  expect([over.status, await over.text()]).toEqual([200, '0123456789']);
});

test('an empty file is served as such', async () => {
  const response = await get('empty/file.txt');
  expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([200, '0', '']);
});

test('a log is sent compressed to those who can unpack it', async () => {
  const response = await get('logs/0001/2345/6789.txt.gz', { 'accept-encoding': 'gzip' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
  expect(response.headers.get('vary')).toBe('Accept-Encoding');
  expect(await response.text()).toBe('building…\n');
});

test('a log is text for those who cannot unpack it', async () => {
  const response = await get('logs/0001/2345/6789.txt.gz', { 'accept-encoding': 'gzip;q=0, identity' });
  expect(response.headers.get('content-encoding')).toBeNull();
  expect(await response.text()).toBe('building…\n');
});

test.each([
  'incoming/half.whl',
  '.htaccess',
  'way-out.txt',
  'detour/half.whl',
  'simple/nothing/',
  'packages/',
  'no-such-page',
])('/%s is not found, and the page that says so is shown', async (path) => {
  const response = await get(path);
  expect([response.status, await response.text()]).toEqual([404, '<h1>lost?</h1>']);
});

test('a path that climbs out is not found, even when the client does not tidy it', async () => {
  const status = await new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: site.port, path: '/simple/../../outside.txt' }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(404);
});

test.each(['POST', 'PUT', 'DELETE'])('%s is not allowed', async (method) => {
  const response = await get('simple/', {}, method);
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test('a page that is replaced is served anew at once', async () => {
  publish('simple/new/index.html', 'one');
  expect(await (await get('simple/new/')).text()).toBe('one');
  publish('simple/new/index.html', 'two');
  expect(await (await get('simple/new/')).text()).toBe('two');
});

test('a port that is taken is named, with the option that gives another', async () => {
  const second = serveSite({ outputDir: output, host: '127.0.0.1', port: site.port, log });
  await expect(second).rejects.toMatchObject({
    message: `Port ${site.port} of 127.0.0.1 is taken.`,
    remedy: expect.stringContaining('--http-port') as unknown,
  });
});

test('a directory that is not there cannot be served', async () => {
  await expect(serveSite({ outputDir: join(dir, 'gone'), host: '127.0.0.1', port: 0, log })).rejects.toThrow(
    /can't be served/,
  );
});

const upstreamFile = (content: string) => publish('upstream.json', content);
const lacking = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const response = await get(path, headers, method);
  return [response.status, response.headers.get('location')];
};

test('a package that the farm lacks is looked for at the index that the master merges, in the form that was asked for', async () => {
  upstreamFile('{"index":"https://someone:secret@index.example/simple"}');
  const there = [302, 'https://index.example/simple/absent/'];
  expect(await lacking('simple/absent/', { accept: json })).toEqual(there);
  expect(await lacking('simple/absent/', {}, 'HEAD')).toEqual(there);
  expect(await lacking('simple/absent')).toEqual(there);
  expect(await lacking('simple/absent/?format=x%2By')).toEqual([302, `${there[1]}?format=x%2By`]);
  expect(await lacking('simple/Absent_/')).toEqual([301, '../absent-/']);
});

test('nothing else is looked for elsewhere', async () => {
  upstreamFile('{"index":"https://index.example/simple/"}');
  const paths = [
    'own/simple/absent/',
    'simple/absent-/',
    'simple/absent/index.html',
    'simple/a/b/',
    'project/absent/',
    'simple/a%20b/',
  ];
  for (const path of paths) expect(await lacking(path), path).toEqual([404, null]);
  expect((await get('simple/foo-bar/')).status).toBe(200);
  expect((await get('simple/absent/', {}, 'POST')).status).toBe(405);
});

test.each(['{"index":null}', '{"index":"javascript:alert(1)"}', '{"index":7}', 'null', '{'])(
  'a master that says %s sends nobody anywhere',
  async (content) => {
    upstreamFile(content);
    expect(await lacking('simple/absent/')).toEqual([404, null]);
  },
);

test('a master that ignores upstream sends nobody anywhere, and an operator may say otherwise', async () => {
  rmSync(join(output, 'upstream.json'));
  expect(await lacking('simple/absent/')).toEqual([404, null]);
  const upstream = { upstreamIndex: 'https://other.example/simple' };
  const told = await serveSite({ outputDir: output, host: '127.0.0.1', port: 0, log, ...upstream });
  const { status, headers } = await fetch(`${told.url}simple/absent/`, { redirect: 'manual' });
  expect([status, headers.get('location')]).toEqual([302, 'https://other.example/simple/absent/']);
  await told.close();
});
