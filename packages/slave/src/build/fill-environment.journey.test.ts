import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { makeWheel } from '@piw/wheel/testing/make-wheel';
import { expect, test, vi } from 'vitest';
import { makeSdist } from '../testing/make-sdist.ts';
import { serveIndex } from '../testing/serve-index.ts';
import { openWorkshop } from '../testing/workshop.ts';

vi.setConfig({ testTimeout: 60_000 });

test('what uv leaves where it fails midway is gone when pip does it instead', async () => {
  const workshop = await openWorkshop();
  const { filename, bytes } = makeWheel({ name: 'tool' });
  const whenBuilding = `import sys, tool
assert not os.path.exists(os.path.join(sys.prefix, "half")), "the environment is not fresh"`;
  const content = await makeSdist({ name: 'user', version: '1.0', buildRequires: ['tool'], whenBuilding });
  const index = await serveIndex({
    tool: [{ filename, content: bytes }],
    user: [{ filename: 'user-1.0.tar.gz', content }],
  });
  try {
    const uv = path.join(workshop.dir, 'uv');
    await writeFile(uv, '#!/bin/sh\necho half > "${4%/bin/python}/half"; echo midway; exit 2\n');
    await chmod(uv, 0o755);
    const { outcome, log } = await workshop.make({ package: 'user', version: '1.0', indexUrl: index.url, uv });
    expect([outcome, log]).toEqual(['success', expect.stringContaining('\nmidway\n')]);
  } finally {
    await Promise.all([index.close(), workshop.close()]);
  }
});
