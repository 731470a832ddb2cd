import { expect, test } from 'vitest';
import { builtOf, slavesFault } from './built.ts';

const file = {
  ...{ filename: 'six-1.0-py3-none-any.whl', sizeBytes: 5, sha256: 'a'.repeat(64) },
  ...{ dependencies: {}, path: '/tmp/six' },
};

test('the master hears what was built, and not where it lies', () => {
  const built = builtOf(7, { outcome: 'success', reason: null, steps: [], files: [file] }, 10);
  expect(built).toMatchObject({ attempt: 7, outcome: 'success', logBytes: 10 });
  expect(JSON.stringify(built)).not.toContain('/tmp/six');
});

test('an end that no message can carry becomes one that can', () => {
  const end = { outcome: 'success', reason: null, steps: [], files: [{ ...file, filename: 'six.tar.gz' }] } as const;
  expect(builtOf(7, end, 10)).toMatchObject({ outcome: 'transient', files: [], reason: { subject: 'slave' } });
});

test('a full disk is told as that', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, mkdir'), { code: 'ENOSPC' });
  expect(slavesFault(full).reason?.kind).toBe('disk-full');
  expect(slavesFault('a bug').reason?.kind).toBe('backend-error');
});
