import { climb, upstreamIgnored } from '@piw/wheel/ladder';
import { packageName } from '@piw/wheel/package-name';
import { verifyWheel } from '@piw/wheel/soundness';
import { version } from '@piw/wheel/version';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { makeSdist, type SdistPlan } from '../testing/make-sdist.ts';
import { type IndexedFile, type ServedIndex, serveIndex } from '../testing/serve-index.ts';
import { openWorkshop, type Workshop } from '../testing/workshop.ts';
import { findProgram } from '../toolchains/find-program.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const files = { 'src/fast.c': '#include <no-such.h>\n' };
const compile = 'subprocess.call(["cc", "-c", "src/fast.c", "-o", "fast.o"])';
const plans: Record<string, Partial<SdistPlan>> = {
  careful: { files, tag: 'py2.py3-none-any', whenBuilding: 'print("no extension on this Python")' },
  // What the compiler says is far above the end of the log.
  hapless: { files, whenBuilding: `${compile}\nfor _ in range(6000): print("x" * 79)` },
};

let index: ServedIndex;
beforeAll(async () => {
  const packages: Record<string, IndexedFile[]> = {};
  for (const [name, plan] of Object.entries(plans))
    packages[name] = [{ filename: `${name}-1.0.tar.gz`, content: await makeSdist({ name, version: '1.0', ...plan }) }];
  index = await serveIndex(packages);
});
afterAll(() => index.close());

const make = (workshop: Workshop, name: string, more: object = {}) =>
  workshop.make({ package: name, version: '1.0', indexUrl: index.url, ...more });

/** A workshop with a PyPy of this machine, or why there is none. */
const named = findProgram('pypy3', process.env['PATH'] ?? '');
const pypy = named === null ? 'no pypy3 on PATH' : await openWorkshop(named).catch(String);

describe.skipIf(typeof pypy === 'string')(`by PyPy${typeof pypy === 'string' ? ` (not tried: ${pypy})` : ''}`, () => {
  const workshop = pypy as Workshop;
  afterAll(() => workshop.close());

  test('a package that leaves its extension out becomes a wheel for that PyPy alone, which settles its target only', async () => {
    const { outcome, files: built, steps, log } = await make(workshop, 'careful');
    const { target, tags, python } = workshop.interpreter;
    const tag = `${tags[0]!.split('-')[0]}-${target.abi}-${target.platform}`;
    expect([outcome, steps.at(-1)]).toMatchObject(['success', { name: 'check', outcome: 'passed', note: 'careful' }]);
    expect(built).toMatchObject([{ filename: `careful-1.0-${tag}.whl`, dependencies: {} }]);
    expect(log).toContain(`its sources hold src/fast.c, and no compile failed: that is right for pypy ${python}`);

    const wanted = {
      filename: built[0]!.filename,
      package: packageName.parse('careful'),
      version: version.parse('1.0'),
    };
    const verdict = await verifyWheel(built[0]!.path, { ...wanted, tags: new Set(tags) });
    expect(verdict).toMatchObject({ sound: true, facts: { tags: [tag], hasElf: false } });
    const cpython = {
      targetId: 1,
      abi: 'cp39',
      platform: target.platform,
      tags: ['cp39-cp39-any', 'py3-none-any'],
      python,
    };
    const { settled, due } = climb({
      targets: [cpython, { targetId: 2, ...target, tags, python }],
      files: [{ tags: [tag], requiresPython: null, builtOn: 2, hasElf: false }],
      ...{ outcomes: [], skipped: new Set<number>(), requiresPython: null, gone: false, upstream: upstreamIgnored },
    });
    expect([[...settled], due]).toEqual([[[2, 'file']], [1]]);
  });

  test('a package that tried to compile its extension in vain fell back, and the reason says what was in the way', async () => {
    const { outcome, reason } = await make(workshop, 'hapless');
    expect([outcome, reason]).toMatchObject(['failure', { kind: 'fell-back-to-pure', subject: 'no-such.h' }]);
    expect(reason?.text).toContain('Its log says: The header no-such.h is missing.');
  });

  test('steps of the recipe work on the wheel as it was retagged', async () => {
    const {
      outcome,
      files: built,
      log,
    } = await make(workshop, 'careful', {
      recipe: { steps: [{ name: 'look', command: 'ls "$WHEEL_DIR"; basename "$WHEEL"' }] },
    });
    expect(outcome).toBe('success');
    expect(log.split('\n').filter((line) => line === built[0]?.filename)).toHaveLength(2);
  });

  test('a wheel that the recipe calls pure keeps its tags', async () => {
    const pure = await make(workshop, 'careful', { recipe: { pure: true } });
    expect(pure.files).toMatchObject([{ filename: 'careful-1.0-py2.py3-none-any.whl' }]);
  });
});

test('by CPython a package that leaves its extension out fell back, whatever its log says', async () => {
  const workshop = await openWorkshop();
  try {
    expect(workshop.interpreter.implementation).toBe('cpython');
    const { outcome, reason } = await make(workshop, 'careful');
    expect([outcome, reason]).toMatchObject(['failure', { kind: 'fell-back-to-pure', subject: null }]);
  } finally {
    await workshop.close();
  }
});
