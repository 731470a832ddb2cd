import { listTargets } from '@piw/db/targets';
import { useDatabase } from '@piw/db/testing/use-database';
import { expect, test } from 'vitest';
import { testPremises } from '../testing/test-premises.ts';
import { TargetBook } from './target-book.ts';
import { offer } from './testing/remote-slave.ts';

const database = useDatabase();

test('a farm that accepts targets does not take any number of them', async () => {
  const book = new TargetBook(testPremises(database.pool), 2);
  await book.refresh();
  await book.accept(['cp311', 'cp312', 'cp313'].map((abi) => ({ ...offer, abi })));
  await book.accept([{ ...offer, abi: 'cp314' }]);
  expect((await listTargets(database.pool)).map(({ abi }) => abi)).toEqual(['cp311', 'cp312']);
});
