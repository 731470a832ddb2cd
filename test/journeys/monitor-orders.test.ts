import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { letGo } from '../fixtures/held-builds.ts';
import type { IndexServer } from '../fixtures/index-server.ts';
import { chooseMaster, chooseSlave, Monitors } from '../fixtures/monitor.ts';
import { OneTargetFarm } from '../fixtures/one-target-farm.ts';
import { asFound, keys, type TerminalProgram } from '../fixtures/terminal.ts';

vi.setConfig({ testTimeout: 90_000 }); // each waits for a few short builds

const [one, two] = [`${hostname()}-1`, `${hostname()}-2`];

let stage: OneTargetFarm;
let index: IndexServer;
let dir: string;
let farm: Farm;
const monitors = new Monitors(() => join(dir, 'run'));

beforeAll(async () => {
  const endless = ['skip-me', 'halt-me', 'kill-me'].map((name) => ({ name, version: '1.0', held: true }));
  const says = ['here it begins', ...Array.from({ length: 80 }, (_, nth) => `line ${nth} ${'x'.repeat(250)} its end`)];
  const needy = ['needy', 'greedy'].map((name) => ({ name, version: '1.0', requires: ['helper'] }));
  const quick = ['early', 'late'].map((name) => ({ name, version: '1.0' }));
  const watched = { name: 'watch-me', version: '1.0', held: true, says };
  const plans = [...endless, watched, ...needy, ...quick, { name: 'last-one', version: '1.0', held: true }];
  stage = await OneTargetFarm.open(plans, ['--slaves', '2', 'needy', 'greedy']);
  ({ dir, farm, index } = stage);
  await Promise.all([one, two].map((label) => farm.heard(new RegExp(`^slave +${label} builds for `))));
  await Promise.all(['needy', 'greedy'].map((name) => farm.heard(new RegExp(`^failure +${name} `))));
});

afterEach(() => monitors.close());

afterAll(async () => {
  expect(await stage.close()).toEqual({ code: 0, left: [] });
});

/** So wide that nothing is cut. */
const open = (...args: string[]): Promise<TerminalProgram> => monitors.openIn({ columns: 190 }, ...args);

/** Has a package built, and tells which slave builds it. */
async function building(name: string, times = 1): Promise<string> {
  if (times === 1) expect(await farm.add(name)).toMatchObject({ code: 0 });
  return (await farm.heard(new RegExp(`^building +${name} `), times)).replace(/^.* on /, '');
}

/** Takes a package out of the way of the other tests. */
async function neverAgain(name: string): Promise<void> {
  expect(await farm.control('skip', '--package', name, '--reason', 'enough')).toMatchObject({ code: 0 });
}

const row = (glyph: string, label: string, rest = ''): RegExp => new RegExp(`${glyph} +${label} .*${rest}`);
const other = (label: string): string => (label === one ? two : one);

/** Gives an order by its keys: what it asks is answered by no, then by yes. */
async function orderAfterNo(screen: TerminalProgram, order: string, question: RegExp): Promise<void> {
  for (const answer of ['n', 'y']) {
    screen.type(order);
    await screen.sees(question);
    screen.type(answer);
    if (answer === 'n') await screen.sees(/▲ Nothing was ordered\./);
    await screen.seesNo(question);
  }
}

test('pause and resume reach one slave, those that are marked, and from the master’s row all', async () => {
  const screen = await open();
  await chooseSlave(screen, one);
  screen.type('pnew fan\r');
  await screen.sees(/✓ pause .*no further work: new fan/);
  await screen.sees(row('∥', one, 'paused by'));
  screen.type('r');
  await screen.sees(row('○', one, 'idle'));
  await chooseMaster(screen);
  screen.type('j  p\r');
  await screen.sees(row('∥', one));
  await screen.sees(row('∥', two));
  screen.type('r');
  await screen.sees(row('○', one, 'idle'));
  await screen.sees(row('○', two, 'idle'));
  screen.type('*gplunch\r');
  await screen.sees(/◆ +master .*paused by .*: lunch/);
  screen.type('r');
  expect(await screen.sees(/◆ +master .*dispatching/)).toContain('0 of 2 busy');
});

test('a skip needs a reason and asks whether it is meant; then the build is over', async () => {
  const screen = await open();
  const label = await building('skip-me');
  await chooseSlave(screen, label);
  await screen.sees(/^>.*skip-me/);
  screen.type('s\r');
  await screen.sees(/It needs a reason/);
  screen.type(keys.esc);
  await orderAfterNo(screen, 'shopeless\r', /Skip skip-me 1\.0 for \S+, and never build it again/);
  await screen.sees(/✓ skip .*skip-me/);
  expect(await farm.heard(/^skipped +skip-me /)).toContain('hopeless');
  expect(await screen.sees(row('○', label))).toContain('idle');
});

test('halt cancels and pauses: one, or all', async () => {
  const screen = await open();
  const first = await building('halt-me');
  await chooseSlave(screen, first);
  await orderAfterNo(screen, 'H\r', new RegExp(`Pause ${first} and cancel`));
  await screen.sees(row('∥', first, 'paused by'));
  expect(await building('halt-me', 2)).toBe(other(first)); // it went back to the queue, and to whoever works
  await chooseMaster(screen);
  await orderAfterNo(screen, 'Hfire drill\r', /Pause all slaves and cancel/);
  await farm.heard(/^cancelled +halt-me .*fire drill/);
  await screen.sees(/◆ +master .*paused by .*: fire drill/);
  await neverAgain('halt-me');
  screen.type('r');
  await screen.sees(row('○', one, 'idle'));
  expect(await screen.sees(row('○', two, 'idle'))).not.toContain('paused');
});

test('kill stops a slave at once, drain after its build, and restart brings both back', async () => {
  const screen = await open();
  const killed = await building('kill-me');
  await farm.control('pause', other(killed));
  await chooseSlave(screen, killed);
  await orderAfterNo(screen, 'Kit smokes\r', new RegExp(`Kill ${killed}, and cancel`));
  await farm.heard(/^cancelled +kill-me .*it smokes/);
  await screen.sees(row('·', killed, 'gone'));
  await neverAgain('kill-me');
  await farm.control('resume', other(killed));
  const drained = await building('last-one');
  await chooseSlave(screen, drained);
  await orderAfterNo(screen, 'd', new RegExp(`Stop ${drained} after what`));
  await screen.sees(row('▼', drained, 'then leaves'));
  await letGo('last-one');
  await farm.heard(/^success +last-one /);
  await screen.sees(row('·', drained, 'gone'));
  await chooseMaster(screen);
  screen.type('j  R');
  await screen.sees(/✓ restart 2 slaves/);
  await screen.sees(row('○', one, 'idle'));
  expect(await screen.sees(row('○', two, 'idle'))).toContain(two);
});

test('jobs are raised, lowered and withdrawn, and Enter on one says why it waits', async () => {
  const screen = await open();
  expect(await farm.control('pause', '--all', '--reason', 'lunch')).toMatchObject({ code: 0 });
  await farm.add('early');
  await farm.add('late');
  screen.type('2');
  await screen.sees(/1 .*early 1\.0 +waiting/);
  screen.type('/late\r+');
  await screen.sees(/^> +1 .*late 1\.0 +waiting +request/);
  screen.type('_');
  await screen.sees(/^> +2 .*late 1\.0 +waiting +backlog/);
  screen.type('=');
  await screen.sees(/^> +2 .*late 1\.0 +waiting +wanted/);
  screen.type(keys.enter);
  await screen.sees(/The farm is paused by .*: lunch/);
  screen.type('2');
  await screen.sees(/^> +2 .*late/);
  await orderAfterNo(screen, 'x', /Withdraw late 1\.0, /);
  await screen.sees(/late 1\.0 +waiting +backlog/);
  await chooseMaster(screen);
  screen.type('r');
  expect(await farm.heard(/^success +early /)).toContain('early');
});

test('Enter on an idle slave, and on a version, says why nothing is built', async () => {
  const screen = await open();
  await chooseSlave(screen, one);
  screen.type(keys.enter);
  await screen.sees(/Nothing waits for /);
  screen.type(`:package needy\r`);
  await screen.sees(/^> +1\.0 .*✗/);
  screen.type(keys.enter);
  await screen.sees(/helper/);
  screen.type(keys.enter);
  expect(await screen.sees(/✗ failure /)).toContain('took');
});

test('the log of a build is followed, scrolled, wrapped, searched, timed and saved', async () => {
  const screen = await open();
  const label = await building('watch-me');
  await chooseSlave(screen, label);
  await screen.sees(/^>.*watch-me/);
  screen.type(keys.enter);
  await screen.sees(/under way/);
  await screen.sees(/following/);
  screen.type(keys.pageUp);
  await screen.sees(/stopped: f follows/);
  await screen.seesNo(/under way/);
  await screen.seesNo(/its end/);
  screen.type('w');
  await screen.sees(/its end/);
  screen.type('T');
  await screen.sees(/^(?:\d\d:\d\d:\d\d| {8}) line \d/); // those that were there before it was opened have no time
  screen.type('TwG');
  await screen.sees(/following/);
  screen.type('/here it\r');
  await screen.sees(/here it begins/);
  screen.type('f');
  await screen.sees(/under way/);
  const file = join(dir, 'saved.log');
  screen.type(`W${keys.ctrlU}${file}\r`);
  await screen.sees(/✓ saved as /);
  expect(await readFile(file, 'utf8')).toMatch(/here it begins\nline 0 [^]*line 79 [^]*under way\n/);
  await neverAgain('watch-me');
  await screen.sees(/log of attempt .* ended/);
  screen.type('q');
  expect(await screen.exit).toBe(0);
});

test('of failures that have a reason in common one is tried again, then all', async () => {
  const screen = await open();
  screen.type('4');
  await screen.sees(/^>.*missing-requirement +helper +2 +2/);
  await index.add({ name: 'helper', version: '1.0' });
  screen.type('t');
  await screen.sees(/:try \S+/);
  screen.type(keys.enter);
  await screen.sees(/✓ try .* on \S+: .* tries it after its failure/);
  await farm.heard(/^success +(?:needy|greedy) /);
  await orderAfterNo(screen, 'R', /Build all [12] again that failed for missing-requirement helper\?/);
  await farm.heard(/^success +(?:needy|greedy) /, 2);
  expect(await screen.sees(/No build stands failed/)).not.toContain('helper');
});

test('a target is preferred, no longer preferred, and retired', async () => {
  const screen = await open();
  screen.type('2P');
  await screen.sees(/^> +▲ +cp3/);
  screen.type('P');
  await screen.sees(/^> +cp3/);
  await orderAfterNo(screen, 'x', /Build nothing more for cp3\S+\?/);
  expect(await screen.sees(/retired: nothing more is built for it/)).toContain('cp3');
});

test('who only watches has no orders', async () => {
  const screen = await open('--readonly');
  await screen.sees(/read only: started with --readonly/);
  await chooseSlave(screen, one);
  expect(screen.lines.at(-1)).not.toMatch(/pause|kill/);
  screen.type(`pKHsdRu:pause all\r`);
  await screen.sees(/:pause can't be done here|No orders from here/);
  screen.type(`gt?`);
  await screen.sees(/:journal +who ordered what/);
  expect(screen.lines.join('\n')).not.toMatch(/:kill|:terminate/);
});

test('who is killed at a question has ordered nothing, and leaves the terminal as it was found', async () => {
  const screen = await open();
  screen.type('t');
  await screen.sees(/Stop the master\?/);
  screen.kill('SIGTERM');
  expect(await screen.exit).toBe(0);
  expect(await screen.leavings()).toEqual(asFound);
  expect((await farm.control('journal')).stdout).not.toMatch(/ stop /i);
});

test('the master is stopped from its own row alone', async () => {
  const screen = await open();
  await chooseSlave(screen, two);
  screen.type('t');
  await chooseMaster(screen);
  await orderAfterNo(screen, 't', /Stop the master\? Slaves of other machines go on/);
  await screen.sees(/✓ stop the master/);
  expect(await farm.exit).toBe(0);
});
