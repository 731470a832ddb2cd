import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

/** Who may import whom: down only, and no program another. */
const mayImport: Record<string, readonly string[]> = {
  wheel: [],
  host: [],
  wire: ['wheel'],
  db: ['wheel'],
  operator: ['wire', 'wheel', 'host'],
  master: ['wire', 'wheel', 'host', 'db'],
  slave: ['wire', 'wheel', 'host'],
  tools: ['wire', 'wheel', 'host', 'db', 'operator'],
  monitor: ['wire', 'wheel', 'host', 'operator'],
  sense: ['wire', 'host', 'operator'],
  web: ['wire', 'wheel', 'host'],
};

/** The one package that may import a library, for those that only one should know. */
const doors: Record<string, string> = {
  zeromq: 'wire',
  'cbor-x': 'wire',
  pg: 'db',
  hono: 'web',
  ink: 'monitor',
  'blessed-contrib': 'monitor',
  'node-sense-hat': 'sense',
  pino: 'host',
  ini: 'host',
};

const packages = new URL('../packages/', import.meta.url);

/** What the sources of a package import, by their own words. */
async function importsOf(name: string): Promise<string[]> {
  const src = new URL(`${name}/src/`, packages);
  const files = (await readdir(src, { recursive: true })).filter((file) => /\.tsx?$/.test(file));
  const sources = await Promise.all(files.map((file) => readFile(new URL(file, src), 'utf8')));
  return sources.flatMap((source) =>
    [...source.matchAll(/(?:^import|^export|^\} from|\bimport\()[^'"\n]*['"]([^'"\n]+)['"]/gm)].map(
      ([, from]) => from!,
    ),
  );
}

test('every package has its place in the law', async () => {
  expect((await readdir(packages)).toSorted()).toEqual(Object.keys(mayImport).toSorted());
});

test.each(Object.entries(mayImport))('%s imports nothing of ours but %j', async (name, allowed) => {
  const ours = (await importsOf(name)).flatMap((from) => /^@piw\/(\w+)/.exec(from)?.[1] ?? []);
  expect(ours.filter((to) => to !== name && !allowed.includes(to))).toEqual([]);
});

test.each(Object.entries(doors))('%s is imported by %s alone', async (library, door) => {
  const others = Object.keys(mayImport).filter((name) => name !== door);
  const imports = (await Promise.all(others.map(importsOf))).flat();
  expect(imports.filter((from) => from === library || from.startsWith(`${library}/`))).toEqual([]);
  expect(await importsOf(door)).toContain(library);
});
