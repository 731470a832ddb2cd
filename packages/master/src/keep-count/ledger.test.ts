import { advance, type Board, boardOf, snapshotOf } from '@piw/wire/status-board';
import type { StatusEvent } from '@piw/wire/status-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Ledger, type News } from './ledger.ts';
import { aBoard, aSlave } from './testing/boards.ts';

const someNews: fc.Arbitrary<News> = fc.oneof(
  fc.integer({ min: 1, max: 3 }).map((slave): News => ({ type: 'SLAVE', body: { slave: aSlave({ slave }) } })),
  fc.integer({ min: 1, max: 3 }).map((slave): News => ({ type: 'GONE', body: { slave } })),
  fc.integer({ min: 1, max: 9 }).map(
    (packages): News => ({
      type: 'STATISTICS',
      body: { statistics: { lastHour: {}, today: {}, packages, versions: 0, files: 0, filesBytes: 0, targets: [] } },
    }),
  ),
);

test('whoever takes a snapshot at any time and hears the rest knows what the ledger knows', () => {
  fc.assert(
    fc.property(fc.array(someNews, { maxLength: 20 }), fc.nat(20), (news, at) => {
      const said: StatusEvent[] = [];
      const ledger = new Ledger(aBoard(), (event) => said.push(event));
      ledger.enterAll(news.slice(0, at));
      const snapshot = snapshotOf(ledger.board);
      ledger.enterAll(news.slice(at));
      const heard = said.reduce<Board>((board, event) => advance(board, event), boardOf(snapshot));
      expect(snapshotOf(heard)).toEqual(snapshotOf(ledger.board));
      expect(said.map(({ body }) => body.n)).toEqual(news.map((_, i) => i + 1));
    }),
  );
});
