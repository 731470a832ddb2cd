import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageName } from './package-name.ts';
import { type FetchedPage, findListings, isListed } from './project-listings.ts';

const six = packageName.parse('six');

const page = (url: string, about: Partial<FetchedPage> = {}): FetchedPage => ({
  status: 200,
  url,
  contentType: 'text/html',
  body: '<a href="six-1.0.tar.gz">six-1.0.tar.gz</a>',
  ...about,
});

const find = (indexUrls: string[], answer: (url: string) => FetchedPage, findLinks: string[] = []) =>
  findListings({ indexUrls, findLinks }, six, (url) => Promise.resolve(answer(url)));

test('every index is asked for the page of the package, whatever slash its address ends with', async () => {
  const asked: string[] = [];
  const listings = await find(['https://a.example/simple', 'https://b.example/simple//'], (url) => {
    asked.push(url);
    return page(url);
  });
  expect(asked).toEqual(['https://a.example/simple/six/', 'https://b.example/simple/six/']);
  expect(listings).toHaveLength(2);
});

test('an index that does not know a package is passed over; one that is out of order is not', async () => {
  const known = 'https://a.example/six/';
  expect(
    await find(['https://a.example', 'https://b.example'], (url) => page(url, { status: url === known ? 200 : 404 })),
  ).toHaveLength(1);
  await expect(find(['https://a.example'], (url) => page(url, { status: 503 }))).rejects.toMatchObject({
    message: 'it answers 503',
    url: known,
  });
  await expect(find(['https://a.example'], (url) => page(url, { contentType: 'image/png' }))).rejects.toThrow(
    'not with a page',
  );
});

test('a server lists no files of this machine', async () => {
  const [listing] = await find(['https://a.example'], (url) =>
    page(url, { body: '<a href="file:///etc/six-1.0.tar.gz">six-1.0.tar.gz</a>' }),
  );
  expect(listing?.files).toEqual([]);
});

test('a folder of find-links lists what lies in it, of any package', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'piw-links-'));
  await writeFile(join(folder, 'seven-1.0.tar.gz'), '');
  const listings = await find([], (url) => page(url), [folder, join(folder, 'missing')]);
  await rm(folder, { recursive: true });
  expect(listings.flatMap(({ files }) => files.map(({ filename }) => filename))).toEqual(['seven-1.0.tar.gz']);
  expect(isListed(listings, packageName.parse('seven'))).toBe(true);
  expect(isListed(listings, six)).toBe(false);
});
