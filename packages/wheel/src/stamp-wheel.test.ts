import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import { verifyWheel } from './soundness.ts';
import { stampWheel, type WheelStamp } from './stamp-wheel.ts';
import { makeElf } from './testing/make-elf.ts';
import { makeWheel, recordRow, type WheelPlan } from './testing/make-wheel.ts';
import { version } from './version.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'piw-stamp-'));
});
afterEach(() => rm(dir, { recursive: true }));

const own = 'pp39-pypy39_pp73-linux_x86_64';

/** The wheel planned, stamped, in a folder of its own. */
async function stamp(plan: WheelPlan, how: WheelStamp, filename?: string): Promise<string> {
  const made = makeWheel(plan);
  const folder = await mkdtemp(path.join(dir, 'stamped-'));
  await writeFile(path.join(folder, filename ?? made.filename), made.bytes);
  await mkdir(path.join(folder, 'out'));
  return stampWheel(path.join(folder, filename ?? made.filename), path.join(folder, 'out'), how);
}

const judge = (wheel: string, tag: string) =>
  verifyWheel(wheel, {
    filename: path.basename(wheel),
    package: packageName.parse('demo'),
    version: version.parse('1.0'),
    tags: new Set([tag]),
  });

/** What Python's zipfile makes of an archive: each entry's name, time, mode, method and content. */
function asPythonReads(wheel: string): Record<string, { at: number[]; mode: number; method: number; text: string }> {
  const script = `import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as zip:
    assert zip.testzip() is None
    print(json.dumps({each.filename: {"at": each.date_time, "mode": each.external_attr >> 16, "method": each.compress_type,
                                      "text": zip.read(each).decode("latin-1")} for each in zip.infolist()}))`;
  return JSON.parse(execFileSync('python3', ['-c', script, wheel], { encoding: 'utf8' })) as ReturnType<
    typeof asPythonReads
  >;
}

test('a wheel with another tag is sound for that tag, and says so in filename, WHEEL and RECORD', async () => {
  const wheel = await stamp({}, { tags: [own] });
  expect(path.basename(wheel)).toBe(`demo-1.0-${own}.whl`);
  expect(await judge(wheel, own)).toMatchObject({ sound: true, facts: { tags: [own], rootIsPurelib: true } });
  expect((await judge(wheel, 'py3-none-any')).sound).toBe(false);
  expect(asPythonReads(wheel)['demo-1.0.dist-info/WHEEL']?.text).toBe(
    `Wheel-Version: 1.0\nGenerator: make-wheel\nRoot-Is-Purelib: true\nTag: ${own}\n`,
  );
});

test('a build tag is put in, replaced and taken away again', async () => {
  const first = await stamp({}, { buildTag: '1piw' });
  expect(path.basename(first)).toBe('demo-1.0-1piw-py3-none-any.whl');
  expect(await judge(first, 'py3-none-any')).toMatchObject({ sound: true, facts: { buildTag: '1piw' } });
  const second = await stampWheel(first, dir, { buildTag: '2' });
  expect(asPythonReads(second)['demo-1.0.dist-info/WHEEL']?.text.match(/Build: .*/g)).toEqual(['Build: 2']);
  const third = await stampWheel(second, dir, { buildTag: null });
  expect(path.basename(third)).toBe('demo-1.0-py3-none-any.whl');
  expect(await judge(third, 'py3-none-any')).toMatchObject({ sound: true, facts: { buildTag: null } });
});

test('all that the stamp does not name stays as it was: contents, times, modes, methods and places', async () => {
  const plan: WheelPlan = {
    files: { 'demo/__init__.py': 'x = 1\n'.repeat(9000), 'demo/data.bin': 'abc', 'demo/lib.so': makeElf({}) },
    members: (all) =>
      all.map((each, nth) => ({
        ...each,
        method: nth % 2 === 0 ? 8 : 0,
        mode: nth === 1 ? 0o100755 : 0o100644,
        ...(nth === 0 ? { descriptor: 'signed' } : {}),
      })),
  };
  await writeFile(path.join(dir, 'before.whl'), makeWheel(plan).bytes);
  const before = asPythonReads(path.join(dir, 'before.whl'));
  const after = asPythonReads(await stamp(plan, { tags: [own] }));
  expect(Object.keys(after)).toEqual(Object.keys(before));
  for (const [name, { text, method, ...rest }] of Object.entries(before)) {
    expect(after[name]).toMatchObject(rest);
    if (!/WHEEL|RECORD/.test(name)) expect(after[name]).toMatchObject({ text, method });
  }
  expect(await judge(path.join(dir, 'before.whl'), own)).toMatchObject({ sound: false });
});

test('the same wheel and stamp give the same bytes, wherever', async () => {
  const twice = [await stamp({}, { tags: [own] }), await stamp({}, { tags: [own] })];
  const [a, b] = await Promise.all(twice.map((wheel) => readFile(wheel)));
  expect(a?.equals(b!)).toBe(true);
});

test('name and version stay in the filename as they were written, and tags that were several stay so', async () => {
  const wheel = await stamp(
    { tags: ['py2-none-any', 'py3-none-any'] },
    { buildTag: '7' },
    'Demo-1.0.0-py2.py3-none-any.whl',
  );
  expect(path.basename(wheel)).toBe('Demo-1.0.0-7-py2.py3-none-any.whl');
});

test.each([
  [
    'folded lines',
    'Wheel-Version: 1.0\r\nTag: py2-none-any\r\n ,x\r\nTag: py3-none-any\r\nRoot-Is-Purelib: true\r\n\r\n',
  ],
  ['no last line feed', 'Wheel-Version: 1.0\nRoot-Is-Purelib: true\ntag: py3-none-any'],
])('a WHEEL with %s is understood', async (_, wheelText) => {
  const wheel = await stamp({ wheelText }, { tags: [own] });
  expect(asPythonReads(wheel)['demo-1.0.dist-info/WHEEL']?.text.trimEnd()).toBe(
    `Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: ${own}`,
  );
  expect((await judge(wheel, own)).sound).toBe(true);
});

test('what signed the old RECORD goes with it', async () => {
  const plan: WheelPlan = {
    files: { 'demo.py': '', 'demo-1.0.dist-info/RECORD.jws': '{}' },
    record: (rows) => [...rows, rows[0]!],
  };
  const wheel = await stamp(plan, { tags: [own] });
  expect(Object.keys(asPythonReads(wheel)).filter((name) => name.includes('RECORD'))).toEqual([
    'demo-1.0.dist-info/RECORD',
  ]);
  expect((await judge(wheel, own)).sound).toBe(true);
});

test('a path with a comma stays quoted in RECORD', async () => {
  const wheel = await stamp({ files: { 'demo/a,b.py': 'x' } }, { buildTag: '1' });
  expect(asPythonReads(wheel)['demo-1.0.dist-info/RECORD']?.text).toContain(recordRow('demo/a,b.py', 'x'));
  expect((await judge(wheel, 'py3-none-any')).sound).toBe(true);
});

test('a stamp that no filename can say is refused, and so is a wheel without RECORD', async () => {
  await expect(stamp({}, { buildTag: 'one' })).rejects.toThrow(RangeError);
  await expect(stamp({}, { buildTag: '1/../../x' })).rejects.toThrow(RangeError);
  await expect(stamp({}, { tags: ['py2-none-any', 'py3-abi3-any'] })).rejects.toThrow(RangeError);
  await expect(stamp({ record: () => null }, { buildTag: '1' })).rejects.toThrow('has no RECORD');
});

test('a file that is there already is not written over', async () => {
  await stamp({}, { buildTag: '1' }).then(async (wheel) => {
    const unstamped = path.join(path.dirname(path.dirname(wheel)), 'demo-1.0-py3-none-any.whl');
    await expect(stampWheel(unstamped, path.dirname(wheel), { buildTag: '1' })).rejects.toThrow('EEXIST');
  });
});
