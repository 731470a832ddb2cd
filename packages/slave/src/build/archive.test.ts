import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BadArchive } from './bad-archive.ts';
import { unpackSdist } from './sdist-archive.ts';

const bounds = { totalBytes: 1 << 20, entries: 100 };
let dir = '';
beforeEach(async () => void (dir = await mkdtemp(path.join(tmpdir(), 'piw-archive-'))));
afterEach(() => rm(dir, { recursive: true, force: true }));

/** An archive made by Python's tarfile or zipfile: `program` adds to `archive`, with `file(name, text)` and `link(name, target, kind)`. */
async function archive(name: string, program: string): Promise<string> {
  const to = path.join(dir, name);
  await promisify(execFile)('python3', [
    '-c',
    `${name.endsWith('.zip') ? zipMaker : tarMaker}\n${program}\narchive.close()`,
    to,
  ]);
  return to;
}
const tarMaker = `
import io, sys, tarfile
archive = tarfile.open(sys.argv[1], "w:" + {"gz": "gz", "bz2": "bz2", "xz": "xz"}[sys.argv[1].rsplit(".", 1)[1]])
def file(name, text, mtime=1000000000):
    info = tarfile.TarInfo(name); info.size = len(text); info.mtime = mtime; archive.addfile(info, io.BytesIO(text.encode()))
def link(name, target, kind=tarfile.SYMTYPE):
    info = tarfile.TarInfo(name); info.type = kind; info.linkname = target; archive.addfile(info)`;
const zipMaker = `
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1], "w")
file = archive.writestr`;
const unpack = (file: string) => unpackSdist(file, path.join(dir, 'out'), bounds, 'python3');

test.each(['p-1.tar.gz', 'p-1.tar.bz2', 'p-1.tar.xz'])(
  '%s unfolds, links within it included, and tells its newest file',
  async (name) => {
    const { root, newestMs } = await unpack(
      await archive(name, 'file("p-1/a/b.py", "b")\nfile("p-1/c", "c", 1100000000)\nlink("p-1/a/l", "../c")'),
    );
    expect(root).toBe(path.join(dir, 'out', 'p-1'));
    expect(await readFile(path.join(root, 'a/l'), 'utf8')).toBe('c');
    expect(newestMs).toBe(1_100_000_000_000);
  },
);

test('an old zip unfolds', async () => {
  const { root } = await unpack(await archive('Foo.Bar-1.0.zip', 'file("Foo.Bar-1.0/setup.py", "x")'));
  expect(await readFile(path.join(root, 'setup.py'), 'utf8')).toBe('x');
});

test('an archive without a top folder is its own', async () => {
  const { root } = await unpack(await archive('p-1.tar.gz', 'file("setup.py", "x")\nfile("p.py", "y")'));
  expect(root).toBe(path.join(dir, 'out'));
});

test.each([
  ['climbs out', 'file("p-1/../../evil", "x")'],
  ['is absolute', 'file("/tmp/piw-evil", "x")'],
  ['has a link out', 'link("p-1/l", "../../etc/passwd")'],
  ['has an absolute link', 'link("p-1/l", "/etc/passwd")'],
  ['has a hard link out', 'link("p-1/l", "../etc/passwd", tarfile.LNKTYPE)'],
  ['writes through a link that it made', 'link("p-1/l", "../..")\nfile("p-1/l/evil", "x")'],
  ['holds a device', 'link("p-1/d", "", tarfile.CHRTYPE)'],
  ['holds a pipe', 'link("p-1/d", "", tarfile.FIFOTYPE)'],
  ['unfolds to too much', 'file("p-1/big", "x" * (2 << 20))'],
  ['has too many files', 'for i in range(200): file("p-1/%d" % i, "")'],
])('an archive that %s is refused', async (_, program) => {
  await expect(unpack(await archive('p-1.tar.gz', program))).rejects.toBeInstanceOf(BadArchive);
  await expect(stat(path.join(dir, 'evil'))).rejects.toThrow('ENOENT');
});

test.each(['p-1.tar.gz', 'p-1.tar.bz2', 'p-1.zip'])('%s that is no archive is refused', async (name) => {
  const file = path.join(dir, name);
  await writeFile(file, 'this is no archive at all');
  await expect(unpack(file)).rejects.toBeInstanceOf(BadArchive);
});

test('a zip that climbs out is refused', async () => {
  await expect(unpack(await archive('p-1.zip', 'file("../evil", "x")'))).rejects.toBeInstanceOf(BadArchive);
});

test('a zip that unfolds to too much is refused', async () => {
  await expect(unpack(await archive('p-1.zip', 'file("p-1/big", "x" * (2 << 20))'))).rejects.toThrow(/more than/);
});
