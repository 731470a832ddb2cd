import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { Monitors } from '../fixtures/monitor.ts';
import { OneTargetFarm } from '../fixtures/one-target-farm.ts';
import { runOurs } from '../fixtures/run-program.ts';
import { keys } from '../fixtures/terminal.ts';

vi.setConfig({ testTimeout: 90_000 }); // each waits for a few short builds

const [one, two] = [`${hostname()}-1`, `${hostname()}-2`];

let stage: OneTargetFarm;
let dir: string;
let farm: Farm;
const monitors = new Monitors(() => join(dir, 'run'));

beforeAll(async () => {
  const plans = [
    { name: 'plain', version: '1.0' },
    { name: 'needy', version: '1.0', requires: ['helper'] },
  ];
  stage = await OneTargetFarm.open(plans, ['--slaves', '2', 'plain', 'needy']);
  ({ dir, farm } = stage);
  await farm.heard(/^success +plain /);
  await farm.heard(/^failure +needy /);
});

afterEach(() => monitors.close());

afterAll(async () => {
  expect(await stage.close()).toEqual({ code: 0, left: [] });
});

test('every view shows the farm, by its number', async () => {
  const screen = await monitors.open();
  await screen.sees(new RegExp(`${one} .*idle`));
  expect(screen.isOnAlternateScreen).toBe(true);
  await screen.sees(/^> .*master .*dispatching/);
  screen.type('2');
  await screen.sees(/cp3\d+-linux_\S+ +0 waiting, 0 building/);
  screen.type('3');
  await screen.sees(/✓ success +plain 1\.0/);
  screen.type(keys.down);
  screen.type('4');
  await screen.sees(/missing-requirement +helper +1 +1/);
  screen.type(':package plain\r');
  await screen.sees(/^> +1\.0 .*✓/);
  screen.type('6');
  await screen.sees(/Builds an hour .*good/);
  screen.type('7');
  await screen.sees(/add +needy 1\.0 +It is asked for\./);
  screen.type('?');
  await screen.sees(/:journal +who ordered what/);
});

test('a build is opened with its steps and its log', async () => {
  const screen = await monitors.open();
  screen.type('3');
  await screen.sees(/✓ success +plain/);
  screen.type('/plain\r');
  await screen.sees(/^>.*plain 1\.0/);
  screen.type(keys.enter);
  await screen.sees(/✓ fetch .*✓ build /);
  await screen.sees(/plain-1\.0-\S+\.whl/);
  expect(await screen.sees(/log of attempt \d+ .* ended/)).toContain('lines');
});

test('the screen follows the size of the terminal, down to 80 × 24 and far up', async () => {
  const screen = await monitors.openIn({ columns: 200, rows: 50 });
  await screen.sees(new RegExp(`${two} .*idle`));
  await screen.sees(/quit/);
  for (const [columns, rows] of [
    [80, 24],
    [230, 70],
  ] as const) {
    screen.resize(columns, rows);
    const foot = await screen.until((lines) => {
      const isRedrawn = lines.every((line) => line.length <= columns);
      const isWhole = lines.filter((line) => line.includes(two)).length === 1;
      return isRedrawn && isWhole && lines.at(-1)?.includes('pause') === true ? lines.at(-1) : undefined;
    }, 'hints at the foot');
    expect(foot).toContain('help');
  }
});

test('without colours nothing is coloured, and in ASCII nothing else is drawn', async () => {
  const screen = await monitors.openIn({ env: { NO_COLOR: '1' } }, '--ascii');
  await screen.sees(new RegExp(`o +${one} .*idle`));
  expect(screen.written).not.toMatch(/\x1b\[(?:\d+;)*3[0-7]m/);
  expect(screen.lines.join('')).toMatch(/^[\x20-\x7e]*$/);
});

test('view and sorting are kept between runs', async () => {
  const env = { XDG_STATE_HOME: join(dir, 'kept') };
  const screen = await monitors.openIn({ env });
  await screen.sees(new RegExp(one));
  screen.type(':sort label\r');
  await screen.sees(/LABEL ▲/);
  screen.type('7');
  await screen.sees(/WHAT CAME OF IT/);
  screen.type('q');
  expect(await screen.exit).toBe(0);
  const again = await monitors.openIn({ env });
  await again.sees(/WHAT CAME OF IT/);
  again.type('1');
  await again.sees(/LABEL ▲/);
});

test('a picture is printed for those without a terminal, and the board for programs', async () => {
  const args = ['--run-dir', join(dir, 'run'), '--snapshot', '--view', 'builds', '--width', '100', '--height', '12'];
  const { code, stdout, stderr } = await runOurs('monitor', 'piw-monitor', args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toHaveLength(13);
  expect(stdout).toMatch(/✓ success +plain 1\.0/);
  expect(stdout).not.toContain('\x1b');
  const board = await runOurs('monitor', 'piw-monitor', ['--run-dir', join(dir, 'run'), '--json']);
  expect(JSON.parse(board.stdout)).toMatchObject({ farm: { name: 'piwheels' } });
});

/** What a program says, and how it ends, with its standard output there. */
const runInto = (into: string, [room, name]: readonly [string, string], ...args: string[]) =>
  runOurs(room, name, [...args, '--run-dir', join(dir, 'run')], { within: ['bash', '-c', `"$0" "$@" ${into}`] });

test('what a full disk does not take is told, and a reader who leaves is not', async () => {
  const pictures = [
    [['monitor', 'piw-monitor'], '--snapshot'],
    [['monitor', 'piw-monitor'], '--json'],
    [['tools', 'piw-control'], 'status'],
  ] as const;
  const ends = await Promise.all(
    pictures.map(async ([program, ask]) => ({
      full: await runInto('>/dev/full', program, ask),
      left: await runInto('| true; exit ${PIPESTATUS[0]}', program, ask),
    })),
  );
  for (const [nth, { full, left }] of ends.entries()) {
    const [[, name]] = pictures[nth]!;
    expect(full.stderr).toMatch(new RegExp(`^${name}: What it has to say can't be written: ENOSPC: [^\n]+\n$`));
    expect(full.code).toBe(1);
    expect(left).toEqual({ code: 1, stdout: '', stderr: '' });
  }
});

test('without a terminal it says what to use instead', async () => {
  const named = `--run-dir ${join(dir, 'run')}`;
  expect(await runOurs('monitor', 'piw-monitor', named.split(' '))).toMatchObject({
    code: 1,
    stderr: `piw-monitor: This is no terminal to draw on. Use "piw-control ${named}", or "piw-monitor ${named} --snapshot" for a picture.\n`,
  });
});
