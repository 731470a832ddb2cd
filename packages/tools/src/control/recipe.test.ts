import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCannedMaster, temporaryDir } from '../testing/canned-master.ts';
import { piwControl } from './piw-control.ts';

const about = { package: 'six', description: null, skipped: null, targets: [], versions: [] };

async function fileOf(content: string): Promise<string> {
  const file = join(await temporaryDir(), 'recipe.json');
  await writeFile(file, content);
  return file;
}

test('"piw-control recipe PACKAGE" shows what is particular about building it', async () => {
  const master = await openCannedMaster({ PACKAGE: { ...about, recipe: { pure: true } } });
  expect(await master.run(piwControl, 'recipe', 'six')).toMatchObject({ code: 0, out: '{\n  "pure": true\n}\n' });
  const other = await openCannedMaster({ PACKAGE: { ...about, recipe: null } });
  expect(await other.run(piwControl, 'recipe', 'six')).toMatchObject({
    out: 'six has no recipe: it is built as any other.\n',
  });
});

test('"piw-control recipe PACKAGE --set FILE" gives it the recipe that is in the file', async () => {
  const done = { done: [{ subject: 'six', text: 'It is so.' }], refused: [] };
  const master = await openCannedMaster({ RECIPE: done });
  const file = await fileOf('{"needs": {"memory": 8589934592}}');
  expect(await master.run(piwControl, 'recipe', 'six', '--set', file)).toMatchObject({
    code: 0,
    out: 'six: It is so.\n',
  });
  expect(master.asked).toMatchObject([{ question: 'RECIPE', ask: { recipe: { needs: { memory: 8589934592 } } } }]);
});

test('a recipe that is no JSON object, or no file, is refused before anybody is asked', async () => {
  const master = await openCannedMaster({});
  expect(await master.run(piwControl, 'recipe', 'six', '--set', await fileOf('memory = 8'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no JSON object') as string,
  });
  expect(await master.run(piwControl, 'recipe', 'six', '--set', '/nowhere/recipe.json')).toMatchObject({ code: 2 });
  expect(master.asked).toEqual([]);
});
