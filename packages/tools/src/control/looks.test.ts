import { expect, test } from 'vitest';
import { openCannedMaster, refusal } from '../testing/canned-master.ts';
import {
  buildAnswer,
  failedBuild,
  packageAnswer,
  snapshot,
  statistics,
  targetPictures,
} from '../testing/example-farm.ts';
import { piwControl } from './piw-control.ts';

const emptyBoard = () => ({ ...snapshot(), slaves: [], builds: [], attention: [] });

test('status shows the farm on a page: what it is, what needs a human, what is built', async () => {
  const master = await openCannedMaster({ SNAPSHOT: snapshot() });
  const { code, out, err } = await master.run(piwControl, 'status');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`\
farm     piw on board.example, version 0.1.0, up 2d1h
site     http://board.example/
slaves   1 building, 1 paused
queue    40 waiting, 2 delayed, 1 building
builds   5 good, 1 failed in the last hour; 30 good, 5 failed today (UTC)
holds    12 packages, 40 versions, 300 files (1.5 GiB)
machine  up 2d4h, load 1.3, 1 GiB of 4 GiB memory free, 20 GiB of 64 GiB disk free, 61 °C

Needs attention
The disk of pi-2 is nearly full.  Make room there.

Targets
TARGET               PYTHON  WAITING  DELAYED  BUILDING
cp311-linux_aarch64  3.11.2  40       2        1         preferred
cp313-linux_aarch64  3.13.1  0        0        0         retired

Being built
PACKAGE  VERSION  TARGET               SLAVE  STEP   FOR
lxml     5.3.0    cp311-linux_aarch64  pi-10  build  2m

Built last
ATTEMPT  ENDED   TOOK  OUTCOME  PACKAGE   VERSION  TARGET               SLAVE  WHY
12       7m ago  3m    failure  psycopg2  2.9.10   cp311-linux_aarch64  pi-2   pg_config is missing
`);
});

test('slaves are listed with what they do and how they are, pi-2 before pi-10', async () => {
  const master = await openCannedMaster({ SNAPSHOT: snapshot() });
  const { out } = await master.run(piwControl, 'slaves');
  expect(out).toBe(`\
SLAVE  STATE     FOR  OK  FAILED  HEARD  LOAD  FREE MEMORY  FREE DISK  HEAT   TARGETS              DOING
pi-2   paused    1h   5   1       3s     1.3   1 GiB        20 GiB     61 °C  cp311-linux_aarch64  paused by ann@desk.example: new fan
pi-10  building  2m   5   1       3s     1.3   1 GiB        20 GiB     61 °C  cp311-linux_aarch64  lxml 5.3.0 cp311-linux_aarch64 build
`);
});

test('of a slave that builds on although it is paused both is told', async () => {
  const { slaves, ...farm } = snapshot();
  const paused = { by: 'ann@desk.example', sinceMs: Date.now(), why: 'new fan' };
  // As the master tells it: what keeps a slave from more work is why.
  const told = slaves.map((slave) => ({ ...slave, paused, why: paused.why }));
  const master = await openCannedMaster({ SNAPSHOT: { ...farm, slaves: told } });
  const { out } = await master.run(piwControl, 'slaves');
  expect(out).toContain('  paused by ann@desk.example: new fan\n');
  expect(out).toContain('  lxml 5.3.0 cp311-linux_aarch64 build; after that paused by ann@desk.example: new fan\n');
  const status = (await master.run(piwControl, 'status')).out;
  expect(status).toContain('slaves   1 building, 1 paused; 1 paused after its build\n');
});

test('why a slave is idle names it once', async () => {
  const reasons = [
    { subject: 'pi-2', kind: 'paused' as const, text: 'pi-2 is paused by ann.', attempt: null },
    { subject: 'pi-2', kind: 'nothing-waits' as const, text: 'Nothing waits for cp311-linux_aarch64.', attempt: null },
  ];
  const master = await openCannedMaster({ WHY: { reasons } });
  const { out } = await master.run(piwControl, 'why', '--slave', 'pi-2');
  expect(out).toBe('pi-2 is paused by ann.\npi-2: Nothing waits for cp311-linux_aarch64.\n');
});

test('a farm without slaves says so', async () => {
  const master = await openCannedMaster({ SNAPSHOT: emptyBoard() });
  expect((await master.run(piwControl, 'slaves')).out).toBe('No slave has come yet.\n');
});

test('targets that slaves offer and nobody added come with the command that adds them', async () => {
  const offered = [{ target: 'pp311-linux_aarch64', by: ['pi-2', 'pi-10'] }];
  const master = await openCannedMaster({ TARGETS: { targets: targetPictures(), offered } });
  const { out } = await master.run(piwControl, 'targets');
  expect(out).toContain('cp313-linux_aarch64  3.13.1  0        0        0         retired\n');
  expect(out).toContain('pp311-linux_aarch64  pi-2 pi-10  piw-control targets add pp311-linux_aarch64\n');
});

test('what can be typed is told as it can be typed where the program was started', async () => {
  const attention = snapshot().attention.map((one) => ({ ...one, remedy: 'Then: piw-control lift pi-2' }));
  const refused = { done: [], refused: [{ subject: 'pi-9', text: 'It is none. See: piw-control slaves' }] };
  const master = await openCannedMaster({ SNAPSHOT: { ...snapshot(), attention }, LIFT: refused });
  const env = { npm_command: 'exec' };
  expect((await master.runIn({ env }, piwControl, 'status')).out).toContain('  Then: npx piw-control lift pi-2\n');
  expect((await master.runIn({ env }, piwControl, 'status', '--json')).out).toContain('"Then: piw-control lift pi-2"');
  expect((await master.runIn({ env }, piwControl, 'lift', 'pi-9')).err).toContain('See: npx piw-control slaves');
  expect((await master.runIn({ env }, piwControl, 'pause')).err).toContain('"npx piw-control slaves" lists them.');
  expect((await master.run(piwControl, 'status')).out).toContain('  Then: piw-control lift pi-2\n');
});

test('the queue shows its head in order, and when delayed jobs are due', async () => {
  const common = { version: '1.0', target: 'cp311-linux_aarch64', releasedMs: null } as const;
  const master = await openCannedMaster({
    QUEUE: {
      targets: targetPictures(),
      jobs: [
        { ...common, package: 'lxml', state: 'building', priority: 'request', readyMs: null },
        { ...common, package: 'numpy', state: 'delayed', priority: 'release', readyMs: Date.now() + 4 * 60_000 + 900 },
      ],
    },
  });
  const { out } = await master.run(piwControl, 'queue', 'cp311-linux_aarch64', '-n', '5');
  expect(master.asked[0]?.ask).toEqual({ target: 'cp311-linux_aarch64', limit: 5 });
  expect(out).toMatch(/lxml +1\.0 +cp311-linux_aarch64 +building +request\nnumpy +1\.0 +\S+ +in 4m +release\n$/);
});

test('builds are looked for by package, outcome, reason, slave and time', async () => {
  const master = await openCannedMaster({ BUILDS: { builds: [failedBuild()], next: null } });
  const words =
    'builds --package Psycopg2==2.9.10 --outcome failure --reason missing-tool --slave pi-2 --since 3h --limit 7';
  const { out } = await master.run(piwControl, ...words.split(' '));
  expect(out).toContain('12       7m ago  3m    failure  psycopg2');
  const { sinceMs, ...ask } = master.asked[0]!.ask as { sinceMs: number };
  expect(ask).toEqual({
    ...{ limit: 7, before: null, package: 'psycopg2', version: '2.9.10' },
    ...{ outcome: 'failure', reason: 'missing-tool', slave: 'pi-2' },
  });
  expect(Date.now() - sinceMs - 3 * 3_600_000).toBeLessThan(60_000);
});

test('where no build fits, one line says so', async () => {
  const master = await openCannedMaster({ BUILDS: { builds: [], next: null } });
  expect((await master.run(piwControl, 'builds')).out).toBe('There is no such build.\n');
});

test('a build is shown with its steps, the reason, and where its log is', async () => {
  const master = await openCannedMaster({ BUILD: buildAnswer() });
  const { out } = await master.run(piwControl, 'build', '12');
  expect(out).toContain('reason   missing-tool pg_config\n');
  expect(out).toContain('log      2 KiB, http://board.example/logs/0000/0000/0012.txt.gz\n');
  expect(out).toContain('\npg_config is missing\n');
  expect(out).toMatch(/fetch +passed +1\.5s\nbuild +failed +2m +exit 1\n/);
});

test('a wheel is shown with its address and what it needs beside Python', async () => {
  const file = { filename: 'lxml-5.3.0-cp311-cp311-linux_aarch64.whl', sizeBytes: 4096, sha256: 'ab'.repeat(32) };
  const files = [{ ...file, url: 'http://board.example/lxml.whl', dependencies: { apt: ['libxml2', 'libxslt1.1'] } }];
  const master = await openCannedMaster({ BUILD: { ...buildAnswer(), files } });
  const { out } = await master.run(piwControl, 'build', '12');
  expect(out).toContain(`${file.filename}\n  size    4 KiB\n  sha256  ${file.sha256}\n  url     http://board.example/`);
  expect(out).toContain('  apt     libxml2 libxslt1.1\n');
});

test('a package is a matrix of versions and targets, and beneath it why cells have no wheel', async () => {
  const master = await openCannedMaster({ PACKAGE: packageAnswer() });
  const { out } = await master.run(piwControl, 'package', 'psycopg2', '-n', '2');
  expect(out).toBe(`\
package  psycopg2
about    PostgreSQL adapter

VERSION  RELEASED  cp311-linux_aarch64  pp311-linux_aarch64
2.9.10   2d ago    failed               waiting              asked for
2.9.9    2d ago    failed               waiting              yanked: broken
and 1 more

Why there is no wheel
ATTEMPT  VERSION  TARGET               OUTCOME  WHY
12       2.9.10   cp311-linux_aarch64  failure  pg_config is missing
12       2.9.9    cp311-linux_aarch64  failure  pg_config is missing
`);
});

test('one version of a package may be looked at alone', async () => {
  const master = await openCannedMaster({ PACKAGE: packageAnswer() });
  const { out } = await master.run(piwControl, 'package', 'psycopg2==2.9.8');
  expect(out).toMatch(/^2\.9\.8 /m);
  expect(out).not.toMatch(/^2\.9\.10 |more/m);
});

test('statistics count what the farm holds, and builds by outcome', async () => {
  const master = await openCannedMaster({ STATISTICS: statistics() });
  const { out } = await master.run(piwControl, 'statistics');
  expect(out).toContain('files     300, 1.5 GiB\n');
  expect(out).toMatch(/success +5 +30\nfailure +1 +4\ntimeout +0 +1\n\n/);
});

test('statistics tell of each target how fast it is worked off, and when nothing will wait any more', async () => {
  const master = await openCannedMaster({ STATISTICS: statistics() });
  const { out } = await master.run(piwControl, 'statistics');
  expect(out).toContain(`
How targets come along
TARGET               WAITING  AN HOUR  EMPTY IN  OLDEST  A BUILD TAKES
cp311-linux_aarch64  40       6        6h40m     1d2h    1m30s
`);
});

test('the journal tells who ordered what and when, by the clock of this machine', async () => {
  const atMs = new Date(2024, 4, 1, 14, 2, 3).getTime();
  const entry = { entry: 9, atMs, who: 'ann@desk.example', order: 'ADD_TARGET', subject: 'x', text: 'new' };
  const master = await openCannedMaster({ JOURNAL: { entries: [entry] } });
  const { out } = await master.run(piwControl, 'journal', '--before', '10');
  expect(out).toMatch(/^9 +2024-05-01 14:02:03 +ann@desk\.example +add target +x +new\n/m);
  expect(master.asked[0]?.ask).toEqual({ limit: 20, before: 10 });
});

test.each([
  ['status', 'SNAPSHOT', snapshot()],
  ['targets', 'TARGETS', { targets: targetPictures(), offered: [] }],
  ['queue', 'QUEUE', { targets: targetPictures(), jobs: [] }],
  ['builds', 'BUILDS', { builds: [failedBuild()], next: null }],
  ['build 12', 'BUILD', buildAnswer()],
  ['package psycopg2', 'PACKAGE', packageAnswer()],
  ['statistics', 'STATISTICS', statistics()],
  ['journal', 'JOURNAL', { entries: [] }],
])('"piw-control %s --json" prints the answer as it is', async (words, question, answer) => {
  const master = await openCannedMaster({ [question]: answer });
  const { code, out } = await master.run(piwControl, ...words.split(' '), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual(answer);
});

test('"piw-control slaves --json" prints the slaves alone', async () => {
  const master = await openCannedMaster({ SNAPSHOT: snapshot() });
  const { out } = await master.run(piwControl, 'slaves', '--json');
  expect(JSON.parse(out)).toMatchObject([{ label: 'pi-10' }, { label: 'pi-2' }]);
});

test("a refusal is the master's own words, in one line", async () => {
  const master = await openCannedMaster({ BUILD: refusal('There is no attempt 99.', 'See: piw-control builds') });
  expect(await master.run(piwControl, 'build', '99')).toEqual({
    ...{ code: 1, out: '' },
    err: 'piw-control: There is no attempt 99. See: piw-control builds\n',
  });
});

test.each([
  ['build twelve', /ATTEMPT: a number is needed/],
  ['build 0', /ATTEMPT: 0 is no attempt: they are counted from 1/],
  ['builds --limit 5000', /--limit: a number from 1 to 1000 is needed/],
  ['builds --outcome bad', /--outcome: "bad" is none of success, failure/],
  ['builds --since yesterday', /"yesterday" is no moment\. Write 3h or 2d, or a date/],
  ['queue cp311', /TARGET: "cp311" is no target: write it like cp311-linux_aarch64/],
  ['package six=1.0', /"six=1\.0" names no package/],
])('"piw-control %s" is wrong usage, told in one line', async (words, line) => {
  const master = await openCannedMaster({});
  const { code, out, err } = await master.run(piwControl, ...words.split(' '));
  expect({ code, out, asked: master.asked }).toEqual({ code: 2, out: '', asked: [] });
  expect(err).toMatch(line);
  expect(err.trimEnd()).not.toContain('\n');
});
