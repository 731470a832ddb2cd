import { expect, test } from 'vitest';
import { QueueHeads, type QueuePlace } from './queue-heads.ts';

const place = (releasedUs: number, about: Partial<QueuePlace> = {}): QueuePlace => ({
  ...{ targetId: 1, needId: 1, priority: 4, lost: false, releasedUs, versionId: 1 },
  ...about,
});

const queues = [1, 2].map((needId) => ({ targetId: 1, needId }));
/** What no job comes before. */
const beginnings = queues.map((queue) => ({ ...queue, priority: 0, lost: true, releasedUs: 9e15, versionId: 0 }));

/** Takes once; the heads that were known before, after it finds some. */
async function take(heads: QueueHeads, moved: readonly QueuePlace[]): Promise<readonly QueuePlace[]> {
  let before: readonly QueuePlace[] = [];
  await heads.take(queues, (known) => {
    before = known;
    return Promise.resolve({ moved });
  });
  return before;
}

test('a queue is read from where its head was seen, or from before that where something came', async () => {
  const heads = new QueueHeads(() => 0);
  expect(await take(heads, [place(500), place(9, { needId: 2 })])).toEqual(beginnings);
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
  await heads.take(queues, () => {
    heads.came([place(800)]);
    return Promise.resolve({ moved: [place(500)] });
  });
  expect(await take(heads, [place(500)])).toEqual([place(800), beginnings[1]]);
  expect(await take(heads, [])).toEqual([place(500), beginnings[1]]);
});

test('what may have come anywhere while jobs are being taken has queues read from their beginning', async () => {
  const heads = new QueueHeads(() => 0);
  await heads.take(queues, () => {
    heads.forget();
    return Promise.resolve({ moved: [place(500)] });
  });
  expect(await take(heads, [])).toEqual(beginnings);
});

test('every five seconds queues are read from their beginning, for work that another program put there', async () => {
  let nowMs = 0;
  const heads = new QueueHeads(() => nowMs);
  await take(heads, [place(500)]);
  nowMs = 4999;
  expect(await take(heads, [place(400)])).toEqual([place(500), beginnings[1]]);
  nowMs = 5000;
  expect(await take(heads, [])).toEqual(beginnings);
});
