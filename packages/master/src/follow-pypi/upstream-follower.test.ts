import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listAttention, raiseAttention } from '@piw/db/attention';
import { useDatabase } from '@piw/db/testing/use-database';
import { expect, test } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { upstreamConcern } from './upstream-concern.ts';
import { UpstreamFollower } from './upstream-follower.ts';

const database = useDatabase();
const others = { driver: {}, logs: {} } as Parameters<typeof UpstreamFollower.open>[1];

test('a farm that ignores upstream from now on says neither which it is, nor that it fails', async () => {
  const premises = testPremises(database.pool);
  const file = join(premises.paths.output, 'upstream.json');
  writeFileSync(file, '{}');
  await raiseAttention(database.pool, { ...upstreamConcern, text: 'It answers 503.', remedy: 'Wait.' });
  await UpstreamFollower.open(premises, others);
  expect(existsSync(file)).toBe(false);
  expect(await listAttention(database.pool)).toEqual([]);
});
