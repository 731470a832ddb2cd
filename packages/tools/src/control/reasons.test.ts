import { expect, test } from 'vitest';
import { openCannedMaster, refusal } from '../testing/canned-master.ts';
import { piwControl } from './piw-control.ts';
import { render } from './render.ts';
import { whyPage } from './why.ts';

const target = 'cp311-linux_aarch64';
const queued = {
  subject: `numpy 2.0 ${target}`,
  kind: 'queued',
  text: `40 are ahead of it for ${target}.`,
  attempt: null,
} as const;
const failed = {
  subject: `lxml 5.3.0 ${target}`,
  kind: 'failed',
  text: 'It failed: no libxml2.',
  attempt: 12,
} as const;

test('why a package is not built is a line a target, and where the log of a failure is', async () => {
  const master = await openCannedMaster({ WHY: { reasons: [queued, failed] } });
  const { out } = await master.run(piwControl, 'why', 'Numpy==2.0', '--target', target);
  expect(master.asked[0]?.ask).toEqual({ package: 'numpy', version: '2.0', target });
  expect(out).toBe(`\
numpy 2.0 ${target}: 40 are ahead of it for ${target}.
lxml 5.3.0 ${target}: It failed: no libxml2.
  See: piw-control log 12
`);
});

test('no line of a reason is cut on a narrow terminal', () => {
  const text = 'because '.repeat(30).trim();
  const lines = render(whyPage({ reasons: [{ ...queued, text }] }), { colours: false, columns: 40 });
  expect(lines).toEqual([`${queued.subject}: ${text}`]);
});

test('why a slave is idle is asked by its label', async () => {
  const master = await openCannedMaster({
    WHY: { reasons: [{ subject: 'pi-2', kind: 'nothing-waits', text: 'Nothing waits.', attempt: null }] },
  });
  expect((await master.run(piwControl, 'why', '--slave', 'pi-2')).out).toBe('pi-2: Nothing waits.\n');
  expect(master.asked[0]?.ask).toEqual({ slave: 'pi-2' });
});

test('failures are reasons with how often they came, and beneath what to do about them', async () => {
  const latestMs = Date.now() - 3 * 60_000 - 500;
  const cell = { package: 'cffi', version: '1.17.1', target: 'cp311-linux_x86_64' };
  const group = { ...cell, builds: 412, packages: 96, latestMs, attempt: 12, text: 'The header ffi.h is missing.' };
  const remedy = 'Install libffi-dev on the slaves; then: piw-control retry --reason missing-header --subject ffi.h';
  const countedFromMs = new Date(2024, 4, 1, 14, 2, 3).getTime();
  const master = await openCannedMaster({
    FAILURES: {
      countedFromMs,
      groups: [
        { ...group, kind: 'missing-header', subject: 'ffi.h', remedy },
        {
          ...group,
          kind: 'backend-error',
          subject: null,
          text: 'The build fails: oh',
          builds: 2,
          packages: 1,
          remedy: null,
        },
        { ...group, kind: null, subject: null, text: null, builds: 1, packages: 1, remedy: null },
      ],
    },
  });
  const { out } = await master.run(piwControl, 'failures', '--since', '2d', '-n', '3');
  expect(master.asked[0]?.ask).toMatchObject({ limit: 3, sinceMs: expect.any(Number) as number });
  expect(out).toBe(`\
BUILDS  PACKAGES  LATEST  ATTEMPT  REASON
412     96        3m ago  12       missing-header ffi.h
2       1         3m ago  12       backend-error: The build fails: oh
1       1         3m ago  12       nobody said why
counted since 2024-05-01 14:02:03

What would mend them
- ${remedy}
`);
});

test('whoever asks learns who they are to the master, and whether they may give orders', async () => {
  const observer = await openCannedMaster({ STANDING: { who: 'bob', mayOrder: false } });
  expect((await observer.run(piwControl, 'whoami')).out).toBe(
    'you are  bob\nyou may  only look: it is the key of an observer\n',
  );
});

test('a farm without failures says so', async () => {
  const master = await openCannedMaster({ FAILURES: { countedFromMs: null, groups: [] } });
  expect((await master.run(piwControl, 'failures')).out).toBe('No build stands failed.\n');
});

test('history is a small chart a series, with gaps where nobody looked, and no line where nobody ever did', async () => {
  const fromMs = new Date(2024, 4, 1, 14, 0, 0).getTime();
  const master = await openCannedMaster({
    HISTORY: {
      ...{ fromMs, stepMs: 120_000 },
      series: {
        success: [null, 0, 7, 3.5],
        memoryUsed: [0.5, null, 0.254, 0],
        temperatureC: [40, 41, 44.4, 47],
        receivedBytes: [0, 0, 2048, 0],
        load: [null, null, null, null],
      },
    },
  });
  const { out } = await master.run(piwControl, 'history', '--slave', 'pi-2');
  expect(out).toBe(`\
from 2024-05-01 14:00:00 in 4 steps of 2m
SERIES         LEAST  MOST   LAST
temperatureC   40 °C  47 °C  47 °C  ▁▂▅█
memoryUsed     0 %    50 %   0 %    █ ▅▁
receivedBytes  0 B    2 KiB  0 B    ▁▁█▁
success        0      7      3.5     ▁█▅
`);
  const { fromMs: asked, ...ask } = master.asked[0]!.ask as { fromMs: number };
  expect(ask).toMatchObject({ subject: { of: 'slave', slave: 'pi-2' }, toMs: null, points: 32 });
  expect(Date.now() - asked - 3_600_000).toBeLessThan(60_000);
});

test('a history is asked of the farm, or of a target, in the series that are wanted', async () => {
  const master = await openCannedMaster({ HISTORY: { fromMs: 0, stepMs: 10_000, series: {} } });
  await master.run(piwControl, 'history');
  await master.run(
    piwControl,
    'history',
    '--target',
    target,
    '--series',
    'waiting',
    '--series',
    'success',
    '--points',
    '100',
  );
  expect((await master.run(piwControl, 'history')).out).toContain('\nNothing is known of that time.\n');
  expect(master.asked.slice(0, 2).map(({ ask }) => ask)).toMatchObject([
    { subject: { of: 'farm' } },
    { subject: { of: 'target', target }, series: ['waiting', 'success'], points: 100 },
  ]);
});

test.each([
  ['why', /Why what\? Name a package, or a slave with --slave LABEL/],
  ['why numpy --slave pi-2', /--slave goes alone/],
  ['history --slave pi-2 --target cp311-linux_aarch64', /Give --slave or --target/],
  ['history --points 1', /--points: a number from 2 to 1000 is needed/],
  ['history --series heat', /--series: "heat" is none of building/],
])('"piw-control %s" is wrong usage, told in one line that helps', async (words, told) => {
  const master = await openCannedMaster({});
  const { code, err } = await master.run(piwControl, ...words.split(' '));
  expect({ code, asked: master.asked }).toEqual({ code: 2, asked: [] });
  expect(err).toMatch(told);
  expect(err.trimEnd()).not.toContain('\n');
});

test.each([
  ['why numpy', 'WHY', { reasons: [queued] }],
  ['failures', 'FAILURES', { countedFromMs: null, groups: [] }],
  ['history', 'HISTORY', { fromMs: 0, stepMs: 10_000, series: { load: [1, null] } }],
])('"piw-control %s --json" gives programs the whole answer', async (words, question, answer) => {
  const master = await openCannedMaster({ [question]: answer });
  expect(JSON.parse((await master.run(piwControl, ...words.split(' '), '--json')).out)).toEqual(answer);
});

test('who asks about a slave that is not there is told which is', async () => {
  const master = await openCannedMaster({
    WHY: refusal('There is no slave pi-3. Is it pi-2?', '"piw-control slaves" lists them.'),
  });
  expect(await master.run(piwControl, 'why', '--slave', 'pi-3')).toEqual({
    ...{ code: 1, out: '' },
    err: 'piw-control: There is no slave pi-3. Is it pi-2? "piw-control slaves" lists them.\n',
  });
});
