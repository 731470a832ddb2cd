import { packageName } from '@piw/wheel/package-name';
import { verifyWheel } from '@piw/wheel/soundness';
import { version } from '@piw/wheel/version';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeSdist, type SdistPlan } from '../testing/make-sdist.ts';
import { type IndexedFile, type ServedIndex, serveIndex } from '../testing/serve-index.ts';
import { openWorkshop, type Workshop } from '../testing/workshop.ts';

vi.setConfig({ testTimeout: 60_000 });
let workshop: Workshop;
let index: ServedIndex;
beforeAll(async () => {
  [workshop, index] = await Promise.all([openWorkshop(), indexOf(plans)]);
}, 60_000);
afterAll(() => Promise.all([workshop.close(), index.close()]));

const module =
  '#include <Python.h>\nstatic struct PyModuleDef d = {PyModuleDef_HEAD_INIT, "NAME"};\nPyObject *PyInit_NAME(void) { BODY return PyModule_Create(&d); }\n';
const plans: Record<string, Partial<SdistPlan>> = {
  plain: {},
  told: { whenBuilding: 'print("setting", config_settings, os.environ["GREETING"])' },
  untruthful: { whenBuilding: 'PLAN["version"] = "2.0"' },
  fallen: { files: { 'src/fast.c': 'int f;' } },
  fast: { extension: 'fast', files: { 'fast.c': module.replaceAll('NAME', 'fast').replace('BODY', 'puts("");') } },
  broken: {
    extension: 'broken',
    files: { 'broken.c': `extern void gone(void);\n${module.replaceAll('NAME', 'broken').replace('BODY', 'gone();')}` },
  },
  crashing: {
    extension: 'crashing',
    files: { 'crashing.c': module.replaceAll('NAME', 'crashing').replace('BODY', '*(volatile int *)0 = 1;') },
  },
  usurping: { files: { 'payload/usurping-1.0.data/scripts/python': '#!/bin/sh\nexit 0\n' } },
  endless: { whenBuilding: 'while True: pass' },
  hoarding: {
    whenBuilding: 'fd = os.memfd_create("kept")\nfor _ in range(3000): os.write(fd, bytes(1 << 20))\ntime.sleep(20)',
  },
  headless: { whenBuilding: 'raise SystemExit("src/c.c:1:10: fatal error: ffi.h: No such file or directory")' },
  lonely: { dependencies: ['nowhere-to-be-had'], files: { 'payload/lonely.py': 'import nowhere_to_be_had' } },
  user: { requires: ['tool >= 1'], whenBuilding: 'import tool; assert tool.answer == 42' },
  tool: { buildRequires: ['deeper'], whenBuilding: 'import deeper' },
  deeper: {},
  digger: { requires: ['spade'], whenBuilding: 'import spade' },
  spade: {},
  chicken: { buildRequires: ['egg'] },
  egg: { buildRequires: ['chicken'] },
  wanting: { buildRequires: ['never-heard-of'] },
  squatting: { whenAsked: 'os.mkdir("/run/answers/build_wheel")' },
  shut: { whenAsked: 'os.chmod("/build", 0)' },
  locking: {
    whenBuilding:
      'import atexit, glob; atexit.register(lambda: [os.chmod(each, 0) for each in glob.glob("/wheel/*") + ["/wheel"]])',
  },
  sly: { buildRequires: ['plain @ https://evil.example/plain.tar.gz'] },
};

async function indexOf(all: typeof plans): Promise<ServedIndex> {
  const packages: Record<string, IndexedFile[]> = {};
  for (const [name, plan] of Object.entries(all))
    packages[name] = [{ filename: `${name}-1.0.tar.gz`, content: await makeSdist({ name, version: '1.0', ...plan }) }];
  const [good] = packages['plain'] ?? [];
  return await serveIndex({
    ...packages,
    mangled: [{ filename: 'mangled-1.0.tar.gz', content: good!.content, sha256: '0'.repeat(64) }],
    rotten: [{ filename: 'rotten-1.0.tar.gz', content: Buffer.from('no archive') }],
    future: [{ filename: 'future-1.0.tar.gz', content: good!.content, requiresPython: '>=99' }],
  });
}

const make = (name: string, more: object = {}) =>
  workshop.make({ package: name, version: '1.0', indexUrl: index.url, ...more });

test('a package becomes a wheel, each step with its section in the log, and the same bytes every time', async () => {
  const { outcome, steps, files, log } = await make('plain');
  expect(outcome).toBe('success');
  expect(steps.map(({ name, outcome: ended }) => `${name} ${ended}`)).toEqual(
    ['fetch', 'prepare', 'requires', 'build', 'inspect', 'check'].map((name) => `${name} passed`),
  );
  for (const { name } of steps) expect(log).toContain(`== ${name} ==\n`);
  expect(files).toMatchObject([{ filename: 'plain-1.0-py3-none-any.whl', dependencies: {} }]);
  const again = await make('plain');
  expect(again.files[0]?.sha256).toBe(files[0]?.sha256);
});

test('an extension is compiled and imported, and the C library that every system has is not told', async () => {
  const { outcome, steps, files } = await make('fast');
  expect(outcome).toBe('success');
  expect(steps.at(-1)).toMatchObject({ name: 'check', outcome: 'passed', note: 'fast' });
  expect(files[0]?.dependencies).toEqual({});
});

test('the recipe has its say: variables, settings of the backend, and steps of its own', async () => {
  const { outcome, steps, log } = await make('told', {
    recipe: {
      env: { GREETING: 'hello' },
      configSettings: { level: '9' },
      steps: [{ name: 'look', command: 'test -f "$WHEEL" && echo seen' }],
    },
  });
  expect(outcome).toBe('success');
  expect(log).toContain("setting {'level': '9'} hello");
  expect(log).toContain('\nseen\n');
  expect(steps.map(({ name }) => name).slice(-2)).toEqual(['look', 'inspect again']);
});

test('a rebuild has its build tag, and a requirement that is built for it has none', async () => {
  const { outcome, files, log } = await make('digger', { buildTag: '2' });
  expect([outcome, files[0]?.filename]).toEqual(['success', 'digger-1.0-2-py3-none-any.whl']);
  const wanted = {
    package: packageName.parse('digger'),
    version: version.parse('1.0'),
    tags: new Set(['py3-none-any']),
  };
  const verdict = await verifyWheel(files[0]!.path, { filename: files[0]!.filename, ...wanted });
  expect(verdict).toMatchObject({ sound: true, facts: { buildTag: '2', sha256: files[0]!.sha256 } });
  expect(log).toContain('digger-1.0-2-py3-none-any.whl needs nothing else');
  expect(log).toContain('-- build passed: spade-1.0-py3-none-any.whl');
  expect(log).not.toContain('spade-1.0-2');
});

test('a requirement that has no wheel is built first, and what that requires before it', async () => {
  const { outcome, log } = await make('user');
  expect(outcome).toBe('success');
  expect(log.indexOf('== deeper: build ==')).toBeGreaterThan(0);
  expect(log.indexOf('== deeper: build ==')).toBeLessThan(log.indexOf('== tool: build =='));
});

test.each([
  ['mangled', 'transient', 'transfer-broken', /hash/],
  ['rotten', 'failure', 'bad-sdist', /cannot be unpacked/],
  ['future', 'failure', 'python-excluded', /needs Python >=99/],
  ['unheard-of', 'no-source', 'no-sdist', /no package unheard-of/],
  ['untruthful', 'failure', 'metadata-mismatch', /version 2\.0/],
  ['fallen', 'failure', 'fell-back-to-pure', /src\/fast\.c/],
  ['headless', 'failure', 'missing-header', /ffi\.h/],
  ['broken', 'failure', 'broken-wheel', /gone/],
  ['crashing', 'failure', 'broken-wheel', /crash/],
  ['usurping', 'failure', 'unsound-wheel', /usurping-1\.0\.data\/scripts\/python" would replace the Python/],
  ['chicken', 'failure', 'missing-requirement', /chicken → egg → chicken/],
  ['wanting', 'failure', 'missing-requirement', /never-heard-of/],
  ['shut', 'failure', 'missing-module', /backend/],
  ['sly', 'failure', 'missing-requirement', /from a URL/],
] as const)('a package that is %s ends as %s: %s', async (name, outcome, kind, text) => {
  const end = await make(name);
  expect(end).toMatchObject({ outcome, reason: { kind }, files: [] });
  expect(end.reason?.text).toMatch(text);
  expect(end.log).toContain(end.reason?.text);
});

test.each(['squatting', 'locking'])(
  'a package that is %s in the slave’s folders is built all the same',
  async (name) => {
    expect((await make(name)).outcome).toBe('success');
  },
);

test('a pure wheel out of compiled sources is right where the recipe says so', async () => {
  expect((await make('fallen', { recipe: { pure: true } })).outcome).toBe('success');
});

test('a version that is not there is named', async () => {
  const { outcome, reason } = await make('plain', { version: '3.0' });
  expect([outcome, reason?.text]).toEqual([
    'no-source',
    'The index has no source distribution of plain 3.0; the nearest: 1.0.',
  ]);
});

test('an index that is not there is a passing trouble', async () => {
  const { outcome, reason } = await make('plain', { indexUrl: 'http://127.0.0.1:1/simple/' });
  expect(outcome).toBe('transient');
  expect(reason).toMatchObject({ kind: 'index-unreachable', subject: '127.0.0.1:1' });
  expect(reason?.text).toContain('Connection refused');
});

test('a wheel whose dependency has no wheel is not checked, and a success', async () => {
  const { outcome, steps } = await make('lonely');
  expect(outcome).toBe('success');
  expect(steps.at(-1)).toMatchObject({ outcome: 'not-checked', note: 'no wheel for nowhere-to-be-had' });
});

test('a build that takes too long is stopped', async () => {
  expect(await make('endless', { timeoutMs: 3000 })).toMatchObject({
    outcome: 'timeout',
    reason: { kind: 'time-limit' },
  });
});

test('a build that keeps more in memory than it may says how much of that were files', async () => {
  const { outcome, reason } = await make('hoarding', { recipe: { memoryBytes: 256 << 20 } });
  expect([outcome, reason]).toMatchObject(['memory', { kind: 'memory-limit' }]);
  expect(reason?.text).toMatch(
    /^The build needs more memory than the 256 MiB that it may use: of what it had, \d+ MiB were files in memory \(\/tmp,/,
  );
});

test('a build that is cancelled says so', async () => {
  const stop = new AbortController();
  const onStep = ({ name }: { name: string }) => name === 'build' && stop.abort();
  expect(await make('endless', { signal: stop.signal, onStep })).toMatchObject({
    outcome: 'cancelled',
    reason: { kind: 'killed' },
  });
});
