import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openPool } from '@piw/db/connect';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectEnded } from '../fixtures/crash/expect-sound.ts';
import { clearAway, type Farm, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { mayMount } from '../fixtures/namespaces.ts';
import { cleanEnv, runOurs } from '../fixtures/run-program.ts';
import { type SmallDisk, type SmallDisks, smallDisks } from '../fixtures/small-disk.ts';

const mebibytes = (count: number): number => count * 2 ** 20;

/** A wheel that is larger than what is left on the disk when it is built. */
const bulk = mebibytes(40);
const left = mebibytes(30);

describe.skipIf(!mayMount())('on small disks, where this machine lets us mount some', () => {
  let index: IndexServer;
  let dir: string;
  let mounted: SmallDisks<string>;
  let output: SmallDisk;
  let slaves: SmallDisk;
  let farm: Farm;
  let pool: ReturnType<typeof openPool>;

  beforeAll(async () => {
    index = await serveIndex(...['before', 'meanwhile', 'patient'].map((name) => ({ name, version: '1.0' })), {
      name: 'bulky',
      version: '1.0',
      bulk,
    });
    dir = await temporaryFolder();
    const [outputFolder, slaveFolder] = [join(dir, 'output'), join(dir, 'slaves')];
    await Promise.all([mkdir(outputFolder), mkdir(slaveFolder)]);
    mounted = await smallDisks({ [outputFolder]: mebibytes(128), [slaveFolder]: mebibytes(256) });
    [output, slaves] = [mounted.disks[outputFolder]!, mounted.disks[slaveFolder]!];
    const words = ['--slaves', '1', '--min-free', '16MiB', '--upstream', 'ignore', '--index-url', index.url, 'before'];
    farm = await startFarm(dir, words, mounted.around);
    await farm.heard(/^success +before /);
    pool = openPool(`postgresql:///piwheels?host=${encodeURIComponent(join(dir, 'run'))}&user=piwheels`, { max: 1 });
  });

  afterEach(async () => {
    await Promise.all([output.makeRoom(), slaves.makeRoom()]);
    await expectEnded({ output: output.seen, database: { pool } });
  });

  afterAll(async () => {
    await pool.end();
    expect(await farm.stop()).toBe(0);
    await mounted.close();
    await index.close();
    expect(await clearAway(dir)).toEqual([]);
  });

  /** The files that are served under a name, by their paths below the site. */
  const served = async (name: string): Promise<string[]> => {
    const below = await readdir(join(output.seen, 'packages'), { recursive: true });
    return below
      .filter((path) => path.includes(`/${name}-1.0`) && path.endsWith('.whl'))
      .map((path) => `packages/${path}`);
  };
  const heardTimes = (line: RegExp): number => farm.lines.filter((one) => line.test(one)).length;

  test('a build that finds the disk of its slave full is tried again, and succeeds when there is room', async () => {
    await slaves.fill();
    expect((await farm.add('meanwhile')).stdout).toMatch(/^meanwhile 1\.0 added\n/);
    expect(await farm.heard(/^transient +meanwhile /)).toMatch(/ The slave's disk is full\. It is tried again\.$/);
    await slaves.makeRoom();
    expect(await farm.control('retry', 'meanwhile')).toMatchObject({ code: 0 });
    await farm.heard(/^success +meanwhile /);
    expect(await served('meanwhile')).toHaveLength(1);
  });

  test('a wheel that comes while the output fills up waits with its slave, and is listed whole or not at all', async () => {
    await output.fill(left);
    expect((await farm.add('bulky')).stdout).toMatch(/^bulky 1\.0 added\n/);
    await farm.heard(/^attention .*16 MiB/);
    expect((await farm.control('slaves')).stdout).toMatch(/ sending /);
    expect(await served('bulky')).toEqual([]);
    expect((await fetch(`${farm.site}simple/bulky/`)).status).toBe(404);
    await output.makeRoom();
    await farm.heard(/^success +bulky /);
    const [path] = await served('bulky');
    const wheel = await fetch(new URL(path!, farm.site));
    expect((await wheel.arrayBuffer()).byteLength).toBeGreaterThan(bulk);
  });

  test('a farm whose output has little room begins nothing, tells why, and goes on by itself when there is some', async () => {
    await output.fill(mebibytes(8));
    const why = 'The disk of the output folder has less than 16 MiB left.';
    await farm.heard(new RegExp(`^attention .*${why}`), 2);
    expect((await farm.add('patient')).stdout).toMatch(/^patient 1\.0 added\n/);
    expect((await farm.control('slaves')).stdout).toContain(why);
    const status = (await farm.control('status')).stdout;
    expect(status).toMatch(new RegExp(`^paused +by the master since .*: ${why}`, 'm'));
    expect(status).toMatch(/^queue +1 waiting, 0 delayed, 0 building$/m);
    await output.makeRoom();
    await farm.heard(/^success +patient /);
    await farm.heard(/^cleared .*16 MiB/, 2);
    expect([heardTimes(/^attention .*16 MiB/), heardTimes(/^cleared .*16 MiB/)]).toEqual([2, 2]);
  });

  test('a wheel of piw-build that has no room where it is to go is a line that says where it is kept', async () => {
    await output.fill();
    const words = ['before', '--quiet', '--output', join(dir, 'output', 'mine'), '--index-url', index.url];
    const env = { ...ownCache(), TMPDIR: dir };
    const { code, stderr } = await runOurs('slave', 'piw-build', words, { ...mounted.around, env });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^piw-build: The wheel can't be put into \S+\/mine: ENOSPC: no space left on device\. It is kept: [^\n]+\n$/,
    );
    expect(await readdir(join(output.seen, 'mine'))).toEqual([]);
    await output.makeRoom();
  });

  test('piw-build on a full disk ends with a line that says so', async () => {
    await slaves.fill();
    const words = ['before', '--quiet', '--output', join(dir, 'output'), '--index-url', index.url];
    const env = { ...ownCache(), TMPDIR: join(dir, 'slaves') };
    const { code, stdout, stderr } = await runOurs('slave', 'piw-build', words, { ...mounted.around, env });
    expect([code, stderr]).toEqual([1, '']);
    expect(stdout.trimEnd().split('\n').at(-1)).toMatch(/^transient +\S.* disk is full\.$/);
    await slaves.makeRoom();
  });

  const ownCache = (): NodeJS.ProcessEnv => ({ ...cleanEnv(), XDG_CACHE_HOME: join(dir, 'cache') });
});
