import { queueOf } from '@piw/db/testing/small-farm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { listing, type SmallIndex, startIndex } from '../follow-pypi/testing/small-index.ts';
import { useOffices } from './testing/office-with-slaves.ts';

const { database, begin } = useOffices();
let index: SmallIndex;
beforeAll(async () => {
  index = await startIndex(listing({ six: ['six-1.16.0.tar.gz', 'six-1.17.0.tar.gz', 'six-2.0rc1.tar.gz'] }));
});
afterAll(() => index.close());
const office = () => begin([], { options: { indexUrl: index.url } });

test('a package that is asked for is looked up, queued before the backlog, and once more when asked again', async () => {
  const { control } = await office();
  expect(await control.ask('ADD', { package: 'Six', version: null, all: false })).toEqual({
    package: 'six',
    versions: [{ version: '1.17.0', isNew: true }],
  });
  const { jobs } = await control.ask('QUEUE', { target: null, limit: 10 });
  expect(jobs).toMatchObject([{ package: 'six', version: '1.17.0', priority: 'wanted', state: 'waiting' }]);
  expect(await control.ask('ADD', { package: 'six', version: null, all: true })).toMatchObject({
    versions: [
      { version: '2.0rc1', isNew: true },
      { version: '1.17.0', isNew: false },
      { version: '1.16.0', isNew: true },
    ],
  });
  expect(await queueOf(database.pool, 'six')).toHaveLength(3);
  const { entries } = await control.ask('JOURNAL', { limit: 1, before: null });
  expect(entries).toMatchObject([{ order: 'ADD', subject: 'six 1.16.0, six 1.17.0, six 2.0rc1' }]);
});

test('what the index does not have leaves no trace', async () => {
  const { control } = await office();
  await expect(control.ask('ADD', { package: 'sixx', version: null, all: false })).rejects.toThrow(
    'The index has no package sixx.',
  );
  await expect(control.ask('ADD', { package: 'six', version: '3', all: false })).rejects.toMatchObject({
    message: 'The index has no version 3 of six.',
    remedy: 'The nearest that can be built: 1.17.0, 2.0rc1.',
  });
  await expect(control.ask('PACKAGE', { package: 'six' })).rejects.toThrow('There is no package six here.');
});
