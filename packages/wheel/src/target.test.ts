import { expect, test } from 'vitest';
import { compareTargets, parseTargetName, targetName } from './target.ts';

test('targets stand by platform, then CPython old to new, free-threaded, PyPy', () => {
  const ordered = [
    'cp311-linux_aarch64',
    'pypy39_pp73-linux_aarch64',
    'cp27mu-linux_armv7l',
    'cp34m-linux_armv7l',
    'cp39-linux_armv7l',
    'cp310-linux_armv7l',
    'cp314-linux_armv7l',
    'cp313t-linux_armv7l',
    'cp314t-linux_armv7l',
    'pypy_41-linux_armv7l',
    'pypy36_pp73-linux_armv7l',
    'pypy39_pp72-linux_armv7l',
    'pypy39_pp73-linux_armv7l',
    'pypy310_pp73-linux_armv7l',
    'graalpy311_native-linux_armv7l',
  ].map((name) => parseTargetName(name)!);
  expect(ordered.toReversed().sort(compareTargets).map(targetName)).toEqual(ordered.map(targetName));
});

test.each(['cp311', 'cp311-', 'cp311-linux-x', 'CP311-linux_x86_64', '', 'cp311-../x'])('%j is no target', (text) => {
  expect(parseTargetName(text)).toBeUndefined();
});
