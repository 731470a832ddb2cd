import { expect, test } from 'vitest';
import { Roster } from './roster.ts';

test('a run directory that takes no folders is told, and not asked for ever', async () => {
  await expect(new Roster('/proc/self').endLeftovers(0)).rejects.toThrow('ENOENT');
});
