import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advance, advanceOwn, type Board, boardOf, placeOf, snapshotOf } from './status-board.ts';
import { buildPicture, buildsKept, jobPicture, type StatusEvent, snapshot, statusEvents } from './status-protocol.ts';
import { arbitraryMessage } from './testing/arbitrary-message.ts';
import { exampleSlave, exampleSnapshot, exampleVitals } from './testing/example-farm.ts';

/** Numbers events from the board's next on. */
const play = (board: Board, ...events: StatusEvent[]): Board =>
  events.reduce((known, event) => advance(known, numbered(event, known.n + 1)), board);

const numbered = ({ type, body }: StatusEvent, n: number): StatusEvent =>
  ({ type, body: { ...body, epoch: 1, n } }) as StatusEvent;

const at = { epoch: 0, n: 0 };
const build = (attempt: number, endedMs: number | null = null): StatusEvent => ({
  type: 'BUILD',
  body: {
    ...at,
    build: buildPicture.parse({
      attempt,
      package: 'six',
      version: '1.17.0',
      target: 'cp311-linux_aarch64',
      slave: 'pi-1',
      startedMs: attempt,
      endedMs,
      outcome: endedMs === null ? null : 'success',
      reason: null,
      files: [],
    }),
  },
});
const job = (state: 'waiting' | 'gone'): StatusEvent => ({
  type: 'JOB',
  body: {
    ...at,
    job: jobPicture.parse({
      package: 'six',
      version: '1.17.0',
      target: 'cp311-linux_aarch64',
      state,
      priority: 'wanted',
    }),
  },
});
const attention = (clearedMs: number | null): StatusEvent => ({
  type: 'ATTENTION',
  body: {
    ...at,
    attention: { id: 7, kind: 'disk-low', subject: 'master', text: 'low', remedy: 'add', raisedMs: 1, clearedMs },
  },
});
const board = boardOf(exampleSnapshot());
const ids = (of: Board) => [...of.slaves.keys()];

describe('the board', () => {
  test('shows a slave that comes, and no longer one that is gone', () => {
    const joined = play(board, { type: 'SLAVE', body: { ...at, slave: exampleSlave(3) } });
    expect(ids(joined)).toEqual([1, 2, 3]);
    expect(ids(play(joined, { type: 'GONE', body: { ...at, slave: 1 } }))).toEqual([2, 3]);
    expect(ids(board)).toEqual([1, 2]);
  });

  test('shows a job that was asked for until it is gone', () => {
    const waiting = play(board, job('waiting'));
    expect([...waiting.jobs.values()].map(({ state }) => state)).toEqual(['waiting']);
    expect(play(waiting, job('gone')).jobs.size).toBe(0);
  });

  test('advances to the same without a copy where nobody else has it', () => {
    const events = [
      { type: 'SLAVE', body: { ...at, slave: exampleSlave(3) } } as const,
      { type: 'GONE', body: { ...at, slave: 1 } } as const,
      ...[job('waiting'), attention(null), job('gone'), build(1), attention(9)],
    ];
    const own = boardOf(exampleSnapshot());
    const after = events.reduce((known, event) => advanceOwn(known, numbered(event, known.n + 1)), own);
    expect(after).toEqual(play(board, ...events));
    expect(after.slaves).toBe(own.slaves);
  });

  test('shows what needs a human until that is cleared', () => {
    const raised = play(board, attention(null));
    expect([...raised.attention.keys()]).toEqual([7]);
    expect(play(raised, attention(9)).attention.size).toBe(0);
  });

  test('shows a build that ends once, where its news belongs', () => {
    const { builds } = play(board, build(1), build(2), build(3), build(1, 100));
    expect(builds.map(({ attempt, outcome }) => [attempt, outcome])).toEqual([
      [1, 'success'],
      [3, null],
      [2, null],
    ]);
  });

  test(`holds the ${buildsKept} latest builds`, () => {
    const { builds } = play(board, ...Array.from({ length: buildsKept + 5 }, (_, i) => build(i + 1)));
    expect([builds.length, builds[0]?.attempt, builds.at(-1)?.attempt]).toEqual([buildsKept, buildsKept + 5, 6]);
  });

  test('takes vitals for the slaves that it knows, with the step that they are at', () => {
    const task = {
      ...jobPicture.parse((job('waiting').body as { job: unknown }).job),
      attempt: 1,
      step: 'fetch',
      sinceMs: 1,
    };
    const building = play(board, {
      type: 'SLAVE',
      body: { ...at, slave: { ...exampleSlave(1), state: 'building', task } },
    });
    const signs = { heardMs: 50, skewMs: 2, step: 'build', vitals: { ...exampleVitals, load: 3 } };
    const told = play(building, {
      type: 'VITALS',
      body: { ...at, master: null, slaves: [1, 99].map((slave) => ({ slave, ...signs })) },
    });
    expect(told.slaves.get(1)).toMatchObject({ heardMs: 50, vitals: { load: 3 }, task: { step: 'build', attempt: 1 } });
    expect(ids(told)).toEqual([1, 2]);
    expect(told.farm).toBe(building.farm);
  });

  test('shares with the board before it what did not change', () => {
    const next = play(board, { type: 'SLAVE', body: { ...at, slave: { ...exampleSlave(1), state: 'lost' } } });
    expect(next.slaves.get(2)).toBe(board.slaves.get(2));
    expect([next.farm, next.builds, next.jobs]).toEqual([board.farm, board.builds, board.jobs]);
    expect(next.builds).toBe(board.builds);
    expect(next.jobs).toBe(board.jobs);
  });

  test('is left as it is by an event that is old, or before which others were missed', () => {
    const later = boardOf(exampleSnapshot(10));
    for (const [n, epoch, place] of [
      [10, 1, 'old'],
      [12, 1, 'gap'],
      [11, 2, 'gap'],
      [11, 0, 'old'],
    ] as const) {
      const event: StatusEvent = { type: 'GONE', body: { epoch, n, slave: 1 } };
      expect(placeOf(later, event)).toBe(place);
      expect(advance(later, event)).toBe(later);
    }
  });
});

test('a snapshot and the later events make the board that all events make, wherever the snapshot is taken', () => {
  fc.assert(
    fc.property(fc.array(arbitraryMessage(statusEvents), { maxLength: 30 }), fc.nat(30), (events, cut) => {
      const whole = play(board, ...events);
      const joined = boardOf(snapshot.parse(snapshotOf(play(board, ...events.slice(0, cut)))));
      expect(play(joined, ...events.slice(cut))).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});
