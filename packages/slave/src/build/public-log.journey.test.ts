import { makeWheel } from '@piw/wheel/testing/make-wheel';
import { expect, test, vi } from 'vitest';
import { makeSdist } from '../testing/make-sdist.ts';
import { serveIndex } from '../testing/serve-index.ts';
import { openWorkshop } from '../testing/workshop.ts';

vi.setConfig({ testTimeout: 60_000 });

test('a log and its reason hold neither keys in addresses nor where the slave keeps its files', async () => {
  const workshop = await openWorkshop();
  const { filename, bytes } = makeWheel({ name: 'tool' });
  const sdist = (name: string, more: object) => makeSdist({ name, version: '1.0', ...more });
  const index = await serveIndex({
    tool: [{ filename, content: bytes, query: 'key=secret' }],
    user: [
      {
        filename: 'user-1.0.tar.gz',
        content: await sdist('user', { buildRequires: ['tool'], dependencies: ['tool'] }),
        query: 'key=secret',
      },
    ],
    lost: [{ filename: 'lost-1.0.tar.gz', content: await sdist('lost', { buildRequires: ['nowhere'] }) }],
  });
  const indexUrl = index.url.replace('//', '//ada:secret@');
  try {
    const made = [];
    for (const name of ['user', 'lost']) made.push(await workshop.make({ package: name, version: '1.0', indexUrl }));
    expect(made.map(({ outcome }) => outcome)).toEqual(['success', 'failure']);
    const told = JSON.stringify(made.map(({ log, reason, steps }) => [log, reason, steps]));
    for (const kept of ['secret', workshop.dir]) expect(told).not.toContain(kept);
    expect(made[0]?.log).toContain('Processing /wheel/user-1.0-py3-none-any.whl');
    expect(made[0]?.log).toMatch(/^Looking in links: .*\bcache\/requirements\//m);
  } finally {
    await Promise.all([index.close(), workshop.close()]);
  }
});
