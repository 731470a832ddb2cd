import { join } from 'node:path';
import { withConnection } from '@piw/db/with-connection';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clearAway, type Farm, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';
import { mayMount } from '../fixtures/namespaces.ts';
import { type SmallDisk, smallDisk } from '../fixtures/small-disk.ts';

describe.skipIf(!mayMount())('on a small disk, where this machine lets us mount one', () => {
  let index: IndexServer;
  let dir: string;
  let disk: SmallDisk;
  let farm: Farm;

  beforeAll(async () => {
    index = await serveIndex({ name: 'before', version: '1.0' }, { name: 'meanwhile', version: '1.0' });
    dir = await temporaryFolder();
    disk = await smallDisk(dir, 400 * 2 ** 20);
    farm = await startFarm(dir, ['--slaves', '1', '--index-url', index.url, 'before'], disk);
  });

  afterAll(async () => {
    expect(await farm.stop()).toBe(0);
    await disk.close();
    await index.close();
    expect(await clearAway(dir)).toEqual([]);
  });

  const isServed = async (name: string): Promise<boolean> => (await fetch(`${farm.site}simple/${name}/`)).ok;

  test('a build that finds the disk full costs its job nothing, and the farm goes on when there is room', async () => {
    await farm.heard(/^success +before /);
    await disk.fill();
    expect((await farm.add('meanwhile')).stdout).toMatch(/^meanwhile 1\.0 added\n/);
    await farm.heard(/^building +meanwhile /);
    expect((await farm.control('status')).stdout).toMatch(/^machine .* 0 B of 400 MiB disk free$/m);
    expect(await isServed('before')).toBe(true);
    await disk.makeRoom();
    await farm.heard(/^transient +meanwhile .* disk is full\./);
    expect(await farm.control('retry', 'meanwhile')).toMatchObject({ code: 0 });
    await farm.heard(/^success +meanwhile /);
    expect(await isServed('meanwhile')).toBe(true);
  });

  test('a database that finds the disk full ends the farm with a line, and the next farm has lost nothing', async () => {
    await disk.fill();
    await writeUntilFull(join(disk.seen, 'run'));
    expect(await farm.errors).toMatch(
      /^piw-farm: PostgreSQL ended under the farm and does not stay up\. Its log says why: \S+\/postgres\.log\. [^\n]+\n$/,
    );
    expect(await farm.exit).toBe(1);
    await disk.makeRoom();
    farm = await startFarm(dir, ['--slaves', '1', '--index-url', index.url], disk);
    expect(await Promise.all(['before', 'meanwhile'].map(isServed))).toEqual([true, true]);
    expect((await farm.control('builds')).stdout).toMatch(/ success .* meanwhile /);
  });
});

/** Makes the farm's own PostgreSQL take new segments of its log (16 MiB each) until there is no room for one. */
async function writeUntilFull(socketDir: string): Promise<void> {
  const dsn = `postgresql:///postgres?host=${encodeURIComponent(socketDir)}&user=piw`;
  const fill = `select pg_logical_emit_message(false, 'test', 'something'), pg_switch_wal()`;
  const filling = withConnection(dsn, async (client) => {
    client.on('error', () => undefined); // the server's end is what is wanted
    for (;;) await client.query(fill);
  });
  await expect(filling).rejects.toThrow();
}
