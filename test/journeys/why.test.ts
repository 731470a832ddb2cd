import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import type { Farm } from '../fixtures/farm.ts';
import { OneTargetFarm } from '../fixtures/one-target-farm.ts';

vi.setConfig({ testTimeout: 90_000 }); // each waits for a few short builds

const slave = `${hostname()}-1`;

let stage: OneTargetFarm;
let dir: string;
let farm: Farm;
let target: string;

beforeAll(async () => {
  const quick = ['plain', 'first', 'second', 'greedy', 'dull'].map((name) => ({ name, version: '1.0' }));
  const endless = { name: 'endless', version: '1.0', held: true };
  const needy = { name: 'needy', version: '1.0', requires: ['helper'] };
  stage = await OneTargetFarm.open([...quick, endless, needy], ['plain']);
  ({ dir, farm } = stage);
  target = (await farm.heard(/^success +plain /)).split(/ +/)[3]!;
});

afterAll(async () => {
  expect(await stage.close()).toEqual({ code: 0, left: [] });
});

/** What an operator is told, line by line. */
async function told(...words: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await farm.control(...words);
  expect(code, `${words.join(' ')}: ${stdout}${stderr}`).toBe(0);
  return stdout.trimEnd().split('\n');
}
const why = async (name: string): Promise<string> => {
  const [line = ''] = await told('why', name);
  expect(line.startsWith(`${name} 1.0 ${target}: `), line).toBe(true);
  return line.slice(`${name} 1.0 ${target}: `.length);
};

test('a package that has a wheel is not built any more, and a slave without work says so', async () => {
  expect(await why('plain')).toBe('plain-1.0-py3-none-any.whl serves it.');
  expect(await told('why', '--slave', slave)).toEqual([`${slave}: Nothing waits for ${target}.`]);
});

test('what was asked for while the farm is paused tells who paused it', async () => {
  await told('pause', '--all', '--reason', 'lunch');
  onTestFinished(async () => expect(await farm.control('resume', '--all')).toMatchObject({ code: 0 }));
  await farm.add('first');
  expect(await why('first')).toMatch(/^The farm is paused by \S+@\S+ for \d+s: lunch\.$/);
  expect((await told('why', '--slave', slave))[0]).toContain('The farm is paused by');
});

test('what cannot be built yet tells how much is ahead of it, and what is built tells by whom', async () => {
  await farm.heard(/^success +first /);
  await farm.add('endless');
  await farm.heard(/^building +endless /);
  await farm.add('dull');
  await told('prioritise', 'dull', '--to', 'back');
  await farm.add('second');
  expect(await why('endless')).toMatch(new RegExp(`^${slave} builds it for \\w+, step \\w+\\.$`));
  expect(await why('second')).toBe(`It is next for ${target}, when ${slave} is free.`);
  expect(await why('dull')).toBe(`1 is ahead of it for ${target}, with 1 slave at work.`);
  expect((await told('why', '--slave', slave))[0]).toMatch(/builds endless 1\.0 for \S+ for \w+, step build\.$/);
  await told('skip', '--package', 'endless', '--reason', 'it hangs');
  await farm.heard(/^success +dull /);
  expect(await why('endless')).toMatch(/^Skipped by \S+@\S+ \S+ ago: it hangs\.$/);
});

test('a job that needs what no slave has says what that is', async () => {
  await told('pause', '--all');
  onTestFinished(async () => expect(await farm.control('resume', '--all')).toMatchObject({ code: 0 }));
  await farm.add('greedy');
  const recipe = join(dir, 'greedy.json');
  await writeFile(recipe, '{"needs": {"gpu": "v3d"}}');
  await told('recipe', 'greedy', '--set', recipe);
  await told('resume', '--all');
  expect(await why('greedy')).toBe(`It needs gpu = v3d, and no slave for ${target} has that.`);
  expect(await told('why', '--slave', slave)).toEqual([
    `${slave}: Jobs wait for ${target}, but need gpu = v3d, which ${slave} lacks.`,
  ]);
  await told('recipe', 'greedy', '--remove');
  await farm.heard(/^success +greedy /);
});

test('a failure tells what it was, and failures what would mend them', async () => {
  await farm.add('needy');
  await farm.heard(/^failure +needy /);
  const [line, log] = await told('why', 'needy');
  expect(line).toMatch(/: It failed: .*helper/);
  expect(log).toMatch(/^ {2}See: piw-control --run-dir \S+ log \d+$/);
  const page = await told('failures', '--since', '1h');
  expect(page[1]).toMatch(/^1 +1 +\w+ ago +\d+ +missing-requirement helper$/);
  expect(page.at(-1)).toMatch(
    /^- Have helper built, .*; then: piw-control --run-dir \S+ retry --reason missing-requirement --subject helper$/,
  );
});

test('the farm, its slave and its target have a history by now, and builds are counted in it', async () => {
  await vi.waitFor(
    async () => {
      const { stdout } = await farm.control('history', '--since', '10m', '--points', '60');
      expect(stdout).toMatch(/^success .*[▂▃▄▅▆▇█]/m);
    },
    { timeout: 30_000, interval: 1000 },
  );
  for (const of of [['--slave', slave], ['--target', target], []])
    expect((await told('history', ...of)).find((line) => line.startsWith('building '))).toMatch(/[▁█]/);
  expect(await farm.control('history', '--slave', 'nobody')).toMatchObject({ code: 1, stdout: '' });
});

test('statistics tell how the target comes along', async () => {
  const page = await told('statistics');
  expect(page.at(-1)).toMatch(new RegExp(`^${target} +0 +[1-9]\\d+ .*\\d+\\.?\\d*m?s$`));
});
