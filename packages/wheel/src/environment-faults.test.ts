import { expect, test } from 'vitest';
import { faultsOf } from './testing/judge.ts';

const script = '#!/bin/sh\nexit 0\n';

test.each([
  { 'demo-1.0.data/scripts/python': script },
  { 'demo-1.0.data/scripts/python3': script },
  { 'demo-1.0.data/scripts/python3.13t': script },
  { 'demo-1.0.data/data/bin/pypy3.10': script },
  { 'demo-1.0.data/data/pyvenv.cfg': 'home = /elsewhere\n' },
  { 'demo-1.0.dist-info/entry_points.txt': '[other]\na = b:c\n\n[console_scripts]\nfine = b:c\npython3 = demo:main\n' },
])('a wheel that would replace the Python of an environment is unsound: %j', async (files) => {
  expect(await faultsOf({ files: { 'demo.py': '', ...files } })).toContain('would replace the Python of whoever');
});

test('programs whose names only begin like that of Python are sound', async () => {
  const names = ['python-config', 'python3-demo', 'ipython3', 'pythonic', 'pip3'];
  const scripts = Object.fromEntries(names.map((name) => [`demo-1.0.data/scripts/${name}`, script]));
  const entryPoints = '[python]\npython = a:b\n[console_scripts]\npython-demo = a:python\n';
  const files = { 'python/python': '', ...scripts, 'demo-1.0.dist-info/entry_points.txt': entryPoints };
  expect(await faultsOf({ files })).toBe('');
});
