import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Refusal } from '@piw/host/operator-error';
import { expect, onTestFinished, test } from 'vitest';
import { chooseSandbox } from './choose-sandbox.ts';

/** A PATH whose bwrap does what a script does. */
async function pathWithBwrap(script: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-choose-test-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  await writeFile(join(dir, 'bwrap'), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, 'bwrap'), 0o755);
  return dir;
}

test('bubblewrap that may not make namespaces is refused, with what it said and a remedy', async () => {
  const path = await pathWithBwrap('echo "bwrap: setting up uid map: Permission denied" >&2; exit 1');
  const refusal = await chooseSandbox('bubblewrap', path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).message).toContain('setting up uid map: Permission denied');
  expect((refusal as Refusal).message).not.toContain('\n');
  expect((refusal as Refusal).remedy).toContain('--sandbox none');
});

test('bubblewrap that claims success without running anything is refused', async () => {
  const path = await pathWithBwrap('echo \'{ "exit-code": 0 }\' >&3; exit 0');
  await expect(chooseSandbox('bubblewrap', path)).rejects.toThrow('bubblewrap does not run commands');
});

test('no sandbox is had by asking for none, and by nothing else', async () => {
  expect((await chooseSandbox('none', '')).name).toBe('none');
  const chosen = await chooseSandbox('auto', '').catch(() => undefined);
  expect(chosen?.name).not.toBe('none');
});
