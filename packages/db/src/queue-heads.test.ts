import { expect, test } from 'vitest';
import { QueueHeads, type QueuePlace } from './queue-heads.ts';

const place = (releasedUs: number, about: Partial<QueuePlace> = {}): QueuePlace => ({
  ...{ targetId: 1, needId: 1, priority: 4, lost: false, releasedUs, versionId: 1 },
  ...about,
});

/** Takes once; the heads that were known before, after it finds some. */
async function take(heads: QueueHeads, found: readonly QueuePlace[]): Promise<readonly QueuePlace[]> {
  let before: readonly QueuePlace[] = [];
  await heads.take((known) => {
    before = known;
    return Promise.resolve({ heads: found });
  });
  return before;
}

test('a queue is read from where its head was seen, or from before that where something came', async () => {
  const heads = new QueueHeads(() => 0);
  expect(await take(heads, [place(500), place(9, { needId: 2 })])).toEqual([]);
  heads.came([place(400), place(10, { needId: 2, priority: 5 })]);
  expect(await take(heads, [])).toEqual([place(500), place(9, { needId: 2 })]);
  for (const earlier of [
    place(600),
    place(600, { versionId: 0 }),
    place(1, { lost: true }),
    place(1, { priority: 0 }),
  ]) {
    heads.came([earlier]);
    expect(await take(heads, [])).toContainEqual(earlier);
  }
});

test('what comes while jobs are being taken is not passed over, whatever they find', async () => {
  const heads = new QueueHeads(() => 0);
  await heads.take(() => {
    heads.came([place(800)]);
    return Promise.resolve({ heads: [place(500)] });
  });
  expect(await take(heads, [place(500)])).toEqual([place(800)]);
  expect(await take(heads, [])).toEqual([place(500)]);
});

test('what may have come anywhere while jobs are being taken has queues read from their beginning', async () => {
  const heads = new QueueHeads(() => 0);
  await heads.take(() => {
    heads.forget();
    return Promise.resolve({ heads: [place(500)] });
  });
  expect(await take(heads, [])).toEqual([]);
});

test('every five seconds queues are read from their beginning, for work that another program put there', async () => {
  let nowMs = 0;
  const heads = new QueueHeads(() => nowMs);
  await take(heads, [place(500)]);
  nowMs = 4999;
  expect(await take(heads, [place(400)])).toEqual([place(500)]);
  nowMs = 5000;
  expect(await take(heads, [])).toEqual([]);
});
