import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { satisfied } from './installed.ts';

let environment = '';
beforeAll(async () => {
  environment = await mkdtemp(path.join(tmpdir(), 'piw-env-'));
  for (const name of ['wheel-0.48.0', 'Flit_Core-3.9.0'])
    await mkdir(path.join(environment, 'lib/python3.11/site-packages', `${name}.dist-info`), { recursive: true });
});
afterAll(() => rm(environment, { recursive: true }));

test.each([
  ['wheel', true],
  ['flit-core >=3,<4', true],
  ['wheel>=1', false],
  ['numpy', false],
  ['wheel; python_version < "3"', false],
  ['wheel[extra]', false],
  ['pytest >= 8 ; extra == "test"', true],
])('whether an environment has %s already: %s', (requirement, has) => {
  expect(satisfied(environment, requirement)).toBe(has);
});
