import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capturedRun } from '@piw/host/captured-run';
import { expect, test } from 'vitest';
import { piwWeb } from './piw-web.ts';

test('piw-web without a directory says which option is missing', async () => {
  expect(await capturedRun(piwWeb, [])).toEqual({
    code: 2,
    out: '',
    err: 'piw-web: --output-path must be given. See piw-web --help.\n',
  });
});

test('piw-web with a directory that is not there is one line', async () => {
  const { code, err } = await capturedRun(piwWeb, ['-o', '/no/such/folder']);
  expect(code).toBe(1);
  expect(err).toMatch(/^piw-web: The output directory \/no\/such\/folder can't be served: .*--output-path\.\n$/);
});

test('piw-web prints its address and ends in good order when it is stopped', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'web-'));
  writeFileSync(join(dir, 'index.html'), 'home');
  const { code, out } = await capturedRun(piwWeb, ['-o', dir, '--http-port', '0'], { signal: AbortSignal.abort() });
  expect(code).toBe(0);
  expect(out).toMatch(/^site {3}http:\/\/127\.0\.0\.1:\d+\/simple\/\n$/);
  rmSync(dir, { recursive: true });
});

test('piw-web with an upstream index that is no address says how to write one', async () => {
  const { code, err } = await capturedRun(piwWeb, ['-o', '/', '--upstream-index', 'index.example']);
  expect(code).toBe(2);
  expect(err).toMatch(/^piw-web: --upstream-index index\.example is not a web address\. Write it as /);
});
