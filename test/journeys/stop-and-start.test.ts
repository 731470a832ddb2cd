import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearAway, farmOnce, runningOn, startFarm, temporaryFolder } from '../fixtures/farm.ts';
import { letGo } from '../fixtures/held-builds.ts';
import { type IndexServer, serveIndex } from '../fixtures/index-server.ts';

let index: IndexServer;
let dir: string;

beforeEach(async () => {
  index = await serveIndex({ name: 'plain', version: '1.0' }, { name: 'long', version: '1.0', held: true });
  dir = await temporaryFolder();
});

afterEach(async () => {
  await index.close();
  await clearAway(dir);
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  '%s stops everything within ten seconds, in the middle of a build',
  async (by) => {
    const farm = await startFarm(dir, ['--index-url', index.url, 'long']);
    await farm.heard(/^building +long/);
    const asked = Date.now();
    expect(await farm.stop(by)).toBe(0);
    expect(Date.now() - asked).toBeLessThan(10_000);
    expect(await runningOn(dir)).toEqual([]);
  },
);

test('who asks again and again to stop waits for nobody, and leaves nothing running either', async () => {
  const farm = await startFarm(dir, ['--index-url', index.url, '--slaves', '1', 'long']);
  await farm.heard(/^building +long/);
  const slave = (await runningOn(dir)).find(({ command }) => command.includes('piw-slave'));
  process.kill(slave!.pid, 'SIGSTOP'); // it will not stop in good order
  const impatience = setInterval(() => process.kill(farm.pid, 'SIGINT'), 100);
  try {
    expect(await farm.exit).toBe(null);
  } finally {
    clearInterval(impatience);
  }
  await expect.poll(() => runningOn(dir), { timeout: 5_000 }).toEqual([]);
});

test('after SIGKILL the next farm ends what was left and goes on with the same wheels', async () => {
  const built = await farmOnce(dir, '--index-url', index.url, 'plain');
  expect(built.code, built.stderr).toBe(0);
  const killed = await startFarm(dir, ['--index-url', index.url, 'long']);
  await killed.heard(/^building +long/);
  await killed.stop('SIGKILL');
  expect(await runningOn(dir)).not.toEqual([]);
  const next = await startFarm(dir, ['--index-url', index.url]);
  expect(next.lines.join('\n')).toMatch(/ended \d+ programs that an earlier farm had left running/);
  expect((await fetch(`${next.site}simple/plain/`)).status).toBe(200);
  await next.heard(/^building +long/);
  expect(await next.stop()).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});

test('a killed slave stays away, and comes back when it is told to restart', async () => {
  const farm = await startFarm(dir, ['--index-url', index.url, '--slaves', '1', 'plain']);
  await farm.heard(/^success +plain/);
  const [, label] = /^slave +(\S+)/.exec(await farm.heard(/^slave /))!;
  expect((await farm.control('kill', label!)).code).toBe(0);
  expect(await farm.heard(/^slave-1 ended/)).toBe(
    `slave-1 ended in good order and stays away until "piw-control restart ${label} --run-dir ${join(dir, 'run')}"`,
  );
  await farm.heard(/^gone /);
  expect((await farm.control('restart', label!)).stdout).toMatch(/: It is gone, and called back: /);
  await farm.heard(/^slave +/, 2);
  expect(await farm.stop()).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});

test('a second farm on the same folder says so and leaves the first alone', async () => {
  const first = await startFarm(dir, ['--index-url', index.url, '--slaves', '0']);
  const second = await farmOnce(dir, '--index-url', index.url, 'plain');
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/^piw-farm: A farm runs on .* already\. .*--dir\.\n$/);
  await expect.poll(async () => (await fetch(first.site)).status, { timeout: 60_000 }).toBe(200);
  expect(await first.stop()).toBe(0);
});

test('a database that is killed is started again, and the build under way still ends well', async () => {
  await index.add({ name: 'patient', version: '1.0', held: true });
  const farm = await startFarm(dir, ['--index-url', index.url, 'patient']);
  await farm.heard(/^building +patient/);
  const postmaster = Number((await readFile(join(dir, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  await farm.heard(/PostgreSQL ended and is started again/);
  await letGo('patient');
  expect(await farm.heard(/^\w+ +patient 1\.0 \S+ [\d.]+\w/)).toMatch(/^success/);
  expect(await farm.stop()).toBe(0);
  expect(await runningOn(dir)).toEqual([]);
});
