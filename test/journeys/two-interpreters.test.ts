import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearAway, type Farm, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { runOurs } from '../fixtures/run-program.ts';

interface Cell {
  readonly target: string;
  readonly state: string;
  readonly file: string | null;
}
interface Usable {
  readonly interpreters: {
    readonly usable: readonly { readonly executable: string; readonly target: { readonly abi: string } }[];
  };
}

/** What a slave here can build for, as its own check tells. */
const { interpreters } = JSON.parse((await runOurs('slave', 'piw-slave', ['--check', '--json'])).stdout) as Usable;
const abis = interpreters.usable.map(({ target }) => target.abi);
const hasBoth = abis.some((abi) => abi.startsWith('cp')) && abis.some((abi) => abi.startsWith('pypy'));

describe.skipIf(!hasBoth)('with CPython and PyPy, both with headers (apt install python3-dev pypy3-dev)', () => {
  let index: IndexServer;
  let dir: string;
  let farm: Farm;

  beforeAll(async () => {
    index = await serveIndex(
      { name: 'plain', version: '1.0' },
      { name: 'compiled', version: '1.0', compiled: true },
      { name: 'choosy', version: '1.0', compiled: true, fails_on: 'cpython' },
      { name: 'needy', version: '1.0', compiled: true, requires: ['helper'] },
    );
    dir = await temporaryFolder();
    farm = await startFarm(dir, ['--slaves', '1', '--index-url', index.url, 'plain']);
  });

  afterAll(async () => {
    expect(await farm.stop()).toBe(0);
    await index.close();
    expect(await clearAway(dir)).toEqual([]);
  });

  const heard = (outcome: string, name: string): Promise<string[]> =>
    Promise.all(abis.map((abi) => farm.heard(new RegExp(`^${outcome} +${name} 1\\.0 ${abi}-`))));

  async function cellsOf(name: string): Promise<Cell[]> {
    const { code, stdout, stderr } = await farm.control('package', name, '--json');
    expect([code, stderr]).toEqual([0, '']);
    return (JSON.parse(stdout) as { versions: [{ cells: Cell[] }] }).versions[0].cells;
  }

  const attemptsAt = (name: string): string[] => farm.lines.filter((line) => line.startsWith(`building  ${name} `));

  test('one slave builds a compiled package for both, each with its own ABI', async () => {
    await farm.add('compiled');
    await heard('success', 'compiled');
    const files = (await cellsOf('compiled')).map(({ file }) => file!);
    expect(files.filter((file) => /-cp3\d+-cp3\d+-linux_/.test(file))).not.toHaveLength(0);
    expect(files.filter((file) => /-pp3\d+-pypy3\d+_pp\d+-linux_/.test(file))).toHaveLength(1);
    expect(new Set(files).size).toBe(abis.length);
  });

  test('a pure wheel is built once and is for both', async () => {
    await farm.heard(/^success +plain /);
    const cells = await cellsOf('plain');
    expect(cells.map(({ state }) => state)).toEqual(abis.map(() => 'file'));
    expect(attemptsAt('plain')).toHaveLength(1);
  });

  test('where the first target fails the next one has its try', async () => {
    await farm.add('choosy');
    await farm.heard(/^success +choosy 1\.0 pypy/);
    const cells = await cellsOf('choosy');
    for (const { target, state } of cells) expect(state, target).toBe(target.startsWith('pypy') ? 'file' : 'failed');
    expect(attemptsAt('choosy').at(-1)).toMatch(/ pypy/);
  });

  test('what failed for both is built for both when its cause was mended', async () => {
    await farm.add('needy');
    await heard('failure', 'needy');
    await index.add({ name: 'helper', version: '1.0' });
    expect(await farm.control('retry', '--subject', 'helper')).toMatchObject({ code: 0, stderr: '' });
    await heard('success', 'needy');
    expect((await cellsOf('needy')).map(({ state }) => state)).toEqual(abis.map(() => 'file'));
  });
});
