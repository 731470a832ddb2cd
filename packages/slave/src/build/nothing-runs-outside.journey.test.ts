import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPip } from '@piw/host/pip/pip-server';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeSdist } from '../testing/make-sdist.ts';
import { type ServedIndex, serveIndex } from '../testing/serve-index.ts';
import { openWorkshop, type Workshop } from '../testing/workshop.ts';

vi.setConfig({ testTimeout: 60_000 });
let workshop: Workshop;
let index: ServedIndex;
let trace: string;
let bombUrl: string;
beforeAll(async () => {
  workshop = await openWorkshop();
  trace = path.join(workshop.dir, 'trace');
  const bomb = path.join(workshop.dir, 'bomb-1.0.tar.gz');
  const mark = `open(${JSON.stringify(trace)}, "w").close()`;
  await writeFile(bomb, await makeSdist({ name: 'bomb', version: '1.0', whenAsked: mark, whenBuilding: mark }));
  bombUrl = pathToFileURL(bomb).href;
  const dependencies = [`bomb @ ${bombUrl}`];
  const sdist = async (name: string, more: object) => [
    { filename: `${name}-1.0.tar.gz`, content: await makeSdist({ name, version: '1.0', ...more }) },
  ];
  index = await serveIndex({
    carrier: await sdist('carrier', { dependencies }),
    trapped: await sdist('trapped', { buildRequires: ['carrier'] }),
  });
}, 60_000);
afterAll(() => Promise.all([workshop.close(), index.close()]));

test('sources that a requirement names by a URL are not built outside of the sandbox', async () => {
  const { outcome, reason } = await workshop.make({ package: 'trapped', version: '1.0', indexUrl: index.url });
  expect([outcome, reason?.kind]).toEqual(['failure', 'missing-requirement']);
  await expect(stat(trace)).rejects.toThrow('ENOENT');
});

test('sources that a wheel names by a URL are not built to check it', async () => {
  const { outcome, steps } = await workshop.make({ package: 'carrier', version: '1.0', indexUrl: index.url });
  expect([outcome, steps.at(-1)?.outcome]).toEqual(['success', 'not-checked']);
  await expect(stat(trace)).rejects.toThrow('ENOENT');
});

test('pip itself cannot build sources, though the Python for it is at hand', async () => {
  const said: Buffer[] = [];
  const pip = startPip('python3', (bytes) => said.push(bytes), new AbortController().signal);
  const environment = path.join(workshop.dir, 'environment');
  await pip.open([]);
  await pip.makeVenv(environment);
  const code = await pip.install(environment, path.join(environment, 'bin/python'), [`bomb @ ${bombUrl}`]);
  await pip.close();
  expect(code).not.toBe(0);
  expect(Buffer.concat(said).toString()).toContain('not run outside the sandbox');
  await expect(stat(trace)).rejects.toThrow('ENOENT');
});
