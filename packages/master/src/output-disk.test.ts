import { useDatabase } from '@piw/db/testing/use-database';
import { expect, test } from 'vitest';
import { OutputDisk } from './output-disk.ts';
import { testPremises } from './testing/test-premises.ts';

const database = useDatabase();
const gibibyte = 2 ** 30;

test('a disk with less free than is to be kept free makes all wait, and says so once', async () => {
  const premises = testPremises(database.pool);
  const { disk, bulletin } = premises;
  let news = 0;
  bulletin.on('farm', () => (news += 1));
  await disk.becomes(gibibyte);
  expect([disk.pause, news]).toEqual([null, 0]);
  await disk.becomes(gibibyte - 1);
  await disk.becomes(0);
  expect(disk.pause?.why).toBe(
    'The disk of the output folder has less than 1 GiB left. Work goes on by itself when 1.1 GiB are free.',
  );
  expect([news, premises.told().match(/no work is given out/g)?.length]).toEqual([1, 1]);
});

test('work goes on by itself when the disk has some room to spare', async () => {
  const premises = testPremises(database.pool);
  const { disk, bulletin } = premises;
  let woken = 0;
  bulletin.on('waiting', () => (woken += 1));
  await disk.becomes(0);
  await disk.becomes(1.05 * gibibyte);
  expect(disk.pause).not.toBe(null);
  await disk.becomes(1.2 * gibibyte);
  expect(disk.pause).toBe(null);
  expect(woken).toBe(2);
  expect(premises.told()).toContain('has room again');
});

test('a disk that cannot be asked counts as full', async () => {
  const premises = testPremises(database.pool, { options: { outputPath: '/nowhere/at/all' } });
  const disk = new OutputDisk(premises);
  await disk.look();
  expect(disk.pause?.by).toBe('the master');
});
