import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { svgOfLights } from './pictures/lights.ts';
import { type SenseShot, senseShots } from './pictures/sense-shots.ts';

const docs = new URL('../docs/', import.meta.url);
const pictures = new URL('pictures/sense/', docs);
const shots = Object.entries(senseShots).flatMap(([page, all]) => all.map((shot) => [page, shot.name, shot] as const));

/** What the picture says that it shows. */
async function titleOf({ name }: SenseShot): Promise<string | undefined> {
  return /<title>piw-sense: (.*)<\/title>/.exec(await readFile(new URL(`${name}.svg`, pictures), 'utf8'))?.[1];
}

test.each(shots)('of the page %s there is the picture %s, with the words that it is taken at', async (_, __, shot) => {
  expect(await titleOf(shot)).toMatch(shot.says);
});

test('docs/sense.md shows every picture of the lights once, and there is none that it does not show', async () => {
  const page = await readFile(new URL('sense.md', docs), 'utf8');
  const shown = [...page.matchAll(/!\[[^\]]+\]\(pictures\/sense\/(\S+)\.svg\)/g)].map(([, name]) => name);
  const files = (await readdir(pictures)).map((file) => file.replace(/\.svg$/, ''));
  expect(shown.toSorted()).toEqual(files.toSorted());
  expect(files.toSorted()).toEqual(['states', ...shots.map(([, name]) => name)].toSorted());
});

test('below the lights stand the words, in lines as wide as those, and they are no markup', () => {
  const lights = Array.from({ length: 64 }, () => [0, 0, 0] as const);
  const svg = svgOfLights(lights, `paused <b> & all the others that build ${'x'.repeat(30)}`);
  const lines = [...svg.matchAll(/<text [^>]*>(.*)<\/text>/g)].map(([, line]) => line);
  expect(lines).toEqual(['paused &lt;b&gt; &amp; all the others', 'that build', 'x'.repeat(29), 'x']);
});
