import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { masterNode } from './master-node.ts';

test('a master that is a service is told of memory what a farm tells its own', async () => {
  const unit = await readFile(new URL('../../../deploy/piwheels-master.service', import.meta.url), 'utf8');
  expect(unit).toContain(`\nEnvironment=NODE_OPTIONS=${masterNode.join(' ')}\n`);
});
