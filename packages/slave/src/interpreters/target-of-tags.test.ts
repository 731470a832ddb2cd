import { expect, test } from 'vitest';
import { targetOfTags } from './target-of-tags.ts';

const tags = (own: string, ...platforms: string[]) => [
  ...platforms.map((platform) => `${own}-${platform}`),
  ...platforms.map((platform) => `py3-none-${platform}`),
  'py3-none-any',
];

test('a CPython on glibc builds for plain linux, however many manylinux it accepts', () => {
  const accepted = tags('cp311-cp311', 'manylinux_2_36_aarch64', 'manylinux2014_aarch64', 'linux_aarch64');
  expect(targetOfTags(accepted)).toEqual({ abi: 'cp311', platform: 'linux_aarch64' });
});

test('a free-threaded Python and a PyPy are told by their ABI', () => {
  expect(targetOfTags(tags('cp313-cp313t', 'linux_x86_64'))?.abi).toBe('cp313t');
  expect(targetOfTags(tags('pp39-pypy39_pp73', 'linux_x86_64'))?.abi).toBe('pypy39_pp73');
});

test('a Python on musl builds for the newest musllinux', () => {
  const accepted = tags('cp312-cp312', 'musllinux_1_2_x86_64', 'musllinux_1_1_x86_64', 'linux_x86_64');
  expect(targetOfTags(accepted)?.platform).toBe('musllinux_1_2_x86_64');
});

test('a 32-bit Python on a 64-bit kernel builds for armv7l', () => {
  const accepted = tags(
    'cp311-cp311',
    'manylinux_2_36_armv8l',
    'linux_armv8l',
    'manylinux_2_36_armv7l',
    'linux_armv7l',
  );
  expect(targetOfTags(accepted)?.platform).toBe('linux_armv7l');
});

test('a Python that accepts nothing builds for nothing', () => {
  expect(targetOfTags([])).toBeUndefined();
});
