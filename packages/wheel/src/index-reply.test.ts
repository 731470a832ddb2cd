import { expect, test } from 'vitest';
import { type ProjectFile, readProjectReply } from './index-reply.ts';
import { IndexReplyError } from './index-reply-error.ts';
import { active } from './project-file.ts';
import { projectJson } from './simple-json.ts';
import { projectHtml } from './simple-page.ts';
import { listedFile } from './testing/listed-file.ts';

const url = 'https://index.example/simple/foo/';
const jsonType = 'application/vnd.pypi.simple.v1+json';
const fromHtml = (body: string, page = url) => readProjectReply(body, 'text/html; charset=UTF-8', page).files;
const fromJson = (...files: unknown[]) =>
  readProjectReply(JSON.stringify({ meta: { 'api-version': '1.1' }, name: 'foo', files }), jsonType, url).files;

const files: ProjectFile[] = [
  listedFile('foo-1.0.tar.gz', { sha256: 'ab'.repeat(32), requiresPython: '>=3.8,<4', yanked: 'not "good" & <bad>' }),
  listedFile('foo-1.1-py3-none-any.whl', { metadataSha256: 'cd'.repeat(32), yanked: true }),
];

test('what our own pages say is read back as it was, from HTML and from JSON', () => {
  const sized = files.map((file) => ({ ...file, sizeBytes: 12, uploadedAt: '2024-01-31T12:00:00.123456Z' }));
  expect(fromHtml(projectHtml({ name: 'foo', files, versions: [], ...active }))).toEqual(files);
  const json = projectJson({ name: 'foo', files: sized, versions: [], ...active });
  expect(readProjectReply(json, `${jsonType}; charset=utf-8`, url).files).toEqual(sized);
});

test.each([
  ['foo-1.0.zip', 'https://index.example/simple/foo/foo-1.0.zip'],
  ['../../files/foo-1.0.zip', 'https://index.example/files/foo-1.0.zip'],
  ['//files.example/foo-1.0.zip', 'https://files.example/foo-1.0.zip'],
  ['https://files.example/a/foo-1.0.zip?b=c/d', 'https://files.example/a/foo-1.0.zip?b=c/d'],
])('the link %s leads to %s', (href, absolute) => {
  expect(fromHtml(`<a href="${href}">some words</a>`)).toEqual([listedFile('foo-1.0.zip', { url: absolute })]);
});

test('links are relative to the base that a page names first', () => {
  const page = '<base href="https://files.example/x/"><base href="https://other.example/"><a href=foo-1.0.zip>';
  expect(fromHtml(page)[0]?.url).toBe('https://files.example/x/foo-1.0.zip');
});

test('a filename is what its link says, decoded', () => {
  expect(fromHtml('<a href="foo-1.0%2Bcpu-py3-none-any.whl">x</a>')[0]?.filename).toBe('foo-1.0+cpu-py3-none-any.whl');
});

test('a hash is taken from the fragment, in lower case, and the fragment is gone', () => {
  const [file] = fromHtml(`<a href="foo-1.0.zip#egg=foo&amp;sha256=${'AB'.repeat(32)}">x</a>`);
  expect(file).toMatchObject({ sha256: 'ab'.repeat(32), url: `${url}foo-1.0.zip` });
  expect(fromHtml('<a href="foo-1.0.zip#md5=00">x</a>')[0]?.sha256).toBeNull();
});

test('another hash that installers verify is passed on, the strongest where a page has room for one', () => {
  const [sha512, md5] = ['ab'.repeat(64), 'cd'.repeat(16)];
  const told = {
    filename: 'foo-1.0.zip',
    url: 'foo-1.0.zip',
    hashes: { md5, sha512, crc32: '00', sha1: 'short', sha384: 7 },
  };
  const read = fromJson(told);
  expect(read).toMatchObject([{ sha256: null, otherHashes: { sha512, md5 } }]);
  const page = { name: 'foo', files: read, versions: [], ...active };
  expect(readProjectReply(projectJson(page), jsonType, url).files).toEqual(read);
  expect(fromHtml(projectHtml(page))).toMatchObject([{ sha256: null, otherHashes: { sha512 } }]);
  expect(fromJson({ ...told, hashes: { sha256: 'ef'.repeat(32), md5: 5 } })).toEqual([
    listedFile('foo-1.0.zip', { url: `${url}foo-1.0.zip`, sha256: 'ef'.repeat(32) }),
  ]);
});

test.each([
  ['', null],
  [false, null],
  [true, true],
  ['\u202e broken', 'broken'],
  ['a'.repeat(30_000), 'a'.repeat(2000)],
])('what JSON says of a yank, %j, comes to %j', (told, yanked) => {
  expect(fromJson({ filename: 'foo-1.0.zip', url: 'foo-1.0.zip', yanked: told })[0]!.yanked).toBe(yanked);
});

test.each([
  '2024-02-30T00:00:00Z',
  '2024-02-03T24:00:00Z',
  '2024-02-03T23:59:60Z',
  '+12024-02-03T23:59:59Z',
  '9999-12-31T23:59:59Z',
])('the time %s, which strict readers stumble over, is not passed on', (time) => {
  const [file] = fromJson({ filename: 'foo-1.0.zip', url: 'foo-1.0.zip', 'upload-time': time });
  expect(file!.uploadedAt).toBeNull();
});

test('a page that is nested without end is read in time that grows with its length', () => {
  const page = `${'<b>'.repeat(200_000)}${'</i>'.repeat(200_000)}<a href=foo-1.0.zip>x</a>`; // minutes, were each end looked for
  expect(fromHtml(page)).toHaveLength(1);
});

test.each([
  [`<a ${Array.from({ length: 101 }, (_, i) => `a${i}`).join(' ')}>`, 'text/html', 'a tag that never ends'],
  [`{"meta":{"api-version":"1.0"},"files":[${'[],'.repeat(2_500_001)}0]}`, jsonType, 'no page of PEP 691'],
])('a page that would fill the memory is refused', (body, type, words) => {
  expect(() => readProjectReply(body, type, url)).toThrow(words);
});

test('metadata is known by its new name before its old one, and not without a hash', () => {
  const [old, now] = [`sha256=${'ab'.repeat(32)}`, `sha256=${'cd'.repeat(32)}`];
  const [both, oldOnly, bare] = fromHtml(
    `<a href=a.whl data-dist-info-metadata=${old} data-core-metadata=${now}><a href=b.whl data-dist-info-metadata=${old}><a href=c.whl data-core-metadata=true>`,
  );
  expect(both?.metadataSha256).toBe('cd'.repeat(32));
  expect(oldOnly?.metadataSha256).toBe('ab'.repeat(32));
  expect(bare?.metadataSha256).toBeNull();
});

test('an upload time that a page tells is believed where it is one', () => {
  const times = fromHtml(
    '<a href=a.zip data-upload-time="2024-01-31T12:00:00.123456Z"><a href=b.zip data-upload-time="2024-13">',
  );
  expect(times.map(({ uploadedAt }) => uploadedAt)).toEqual(['2024-01-31T12:00:00.123456Z', null]);
});

test('an old index in JSON, with less to say, is understood', () => {
  const [file] = fromJson({
    filename: 'foo-1.0.zip',
    url: 'foo-1.0.zip',
    hashes: { sha256: 'ab'.repeat(32), md5: '00' },
    'requires-python': null,
    'dist-info-metadata': true,
    yanked: '',
    surprise: [1, 2],
  });
  expect(file).toEqual(listedFile('foo-1.0.zip', { url: `${url}foo-1.0.zip`, sha256: 'ab'.repeat(32) }));
});

test('badly told details of a file are as if not told', () => {
  const lies = { hashes: 7, 'requires-python': 7, size: -1, 'upload-time': 'lately', yanked: 7, 'core-metadata': 7 };
  expect(fromJson({ filename: 'foo-1.0.zip', url: 'https://files.example/foo-1.0.zip', ...lies })).toEqual([
    listedFile('foo-1.0.zip'),
  ]);
});

test.each(['../../etc/passwd', 'a/b.zip', 'a\\b.zip', '..', '', 'a\u0000.zip', 'a'.repeat(401)])(
  'a file that calls itself %j is passed over',
  (filename) => {
    expect(fromJson({ filename, url: 'x', hashes: {} }, 7, null)).toEqual([]);
    expect(fromHtml(`<a href="${encodeURIComponent(filename)}">x</a>`)).toEqual([]);
  },
);

test.each([
  'javascript:alert(1)',
  'file:///etc/foo-1.0.zip',
  'ftp://files.example/foo-1.0.zip',
  'http://',
  '%zz.zip',
  '#top',
])('a link to %s is passed over', (href) => {
  expect(fromHtml(`<a href="${href}">foo-1.0.zip</a><a>foo-1.0.zip</a>`)).toEqual([]);
});

test('a page that is a local file may link to local files', () => {
  expect(fromHtml('<a href="foo-1.0.zip">x</a>', 'file:///srv/index.html')[0]?.url).toBe('file:///srv/foo-1.0.zip');
});

test('a page without files lists none', () => {
  expect(fromHtml('<!DOCTYPE html><p>nothing yet')).toEqual([]);
  expect(fromJson()).toEqual([]);
});

test.each([
  ['[]', jsonType, 'no page of PEP 691'],
  ['{"files": [', jsonType, 'no page of PEP 691'],
  ['{"meta": {"api-version": "2.0"}, "files": []}', jsonType, 'version 2.0'],
  ['<meta name="pypi:repository-version" content="2.0">', 'text/html', 'version 2.0'],
  ['%PDF', 'application/pdf', '"application/pdf"'],
  ['', '', 'not with a page'],
])('the reply %j of type %j is refused with %j', (body, type, words) => {
  expect(() => readProjectReply(body, type, url)).toThrow(IndexReplyError);
  expect(() => readProjectReply(body, type, url)).toThrow(words);
});

test('the status of a project and the provenance of its files are read back as they were written', () => {
  const told = { status: 'quarantined', statusReason: 'it steals "keys" & <more>' } as const;
  const [plain, more] = files;
  const page = { name: 'foo', files: [plain!, { ...more!, provenance: 'https://index.example/p?a=1&b=2' }], ...told };
  const asHtml = readProjectReply(projectHtml({ ...page, versions: ['1.0'] }), 'text/html', url);
  const asJson = readProjectReply(projectJson({ ...page, versions: ['1.0'] }), jsonType, url);
  expect(asHtml).toMatchObject({ ...told, files: page.files, versions: [] });
  expect(asJson).toMatchObject({ ...told, files: page.files, versions: ['1.0'] });
});

test('a status that no PEP knows is none, and a provenance that leads to a script is none', () => {
  const page = { meta: { 'api-version': '1.4' }, 'project-status': { status: 'sleepy' } };
  const odd = { filename: 'foo-1.0.zip', url: 'foo-1.0.zip', provenance: 'javascript:alert(1)' };
  expect(readProjectReply(JSON.stringify({ ...page, files: [odd] }), jsonType, url)).toMatchObject({
    status: 'active',
    files: [{ provenance: null }],
  });
});

test('what a stranger says of a file has no characters that databases and terminals stumble over', () => {
  const [bad, plain] = ['a\u0000b\ud800\u001b[2J\u202e\u2028c', 'a b  [2J  c'];
  const told = { filename: 'foo-1.0.zip', url: 'foo-1.0.zip', yanked: bad, 'requires-python': `>=3${bad}` };
  expect(fromJson(told)).toMatchObject([{ yanked: plain, requiresPython: `>=3${plain}` }]);
});
