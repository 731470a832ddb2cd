import { z } from 'zod';

const queue = z.object({ targetId: z.int(), needId: z.int() });

/** The jobs of one target and one set of needs. */
export type Queue = z.output<typeof queue>;

/** A place in a queue, in its order. */
export const queuePlace = queue.extend({
  /** Of no job: 5, the end of a queue. */
  priority: z.int(),
  lost: z.boolean(),
  /** When its version was released, in microseconds since 1970, as exactly as the database has it. */
  releasedUs: z.int(),
  versionId: z.int(),
});

export type QueuePlace = z.output<typeof queuePlace>;

/** The columns of a place, of a row of `jobs`. */
export const placeColumns = `target_id as "targetId", need_id as "needId", priority, lost,
  (extract(epoch from released_at) * 1000000)::bigint as "releasedUs", version_id as "versionId"`;

/** How long a head is believed in, in milliseconds: nobody tells when another program puts work into the queue. */
const believedMs = 5000;

/** What came to a queue, or that anything may have come; with what had been begun by then. */
interface Arrival {
  readonly turn: number;
  readonly place: QueuePlace | 'anywhere';
}

/**
 * The heads of the queues as they were last seen: before them nothing waits. Whoever makes jobs ready tells it once that is
 * committed. What came while a job was being taken counts after what that found: it may not have seen it.
 */
export class QueueHeads {
  readonly #now: () => number;
  readonly #heads = new Map<string, QueuePlace>();
  readonly #underWay = new Set<number>();
  #arrivals: Arrival[] = [];
  #turn = 0;
  #forgottenMs = -Infinity;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** These jobs may be taken from now on. */
  came(places: readonly QueuePlace[]): void {
    for (const place of places) this.#note(place);
  }

  /** Anything may be taken from now on. */
  forget(): void {
    this.#note('anywhere');
  }

  /** Takes from queues, from where their heads are on, and learns which of them lie further back by then. */
  async take<T extends { readonly moved: readonly QueuePlace[] }>(
    queues: readonly Queue[],
    work: (heads: readonly QueuePlace[]) => Promise<T>,
  ): Promise<T> {
    this.#forgetOld();
    this.#turn += 1;
    const turn = this.#turn;
    this.#underWay.add(turn);
    try {
      const result = await work(queues.map((queue) => this.#heads.get(keyOf(queue)) ?? beginningOf(queue)));
      const since = this.#arrivals.filter((arrival) => arrival.turn >= turn);
      for (const head of result.moved) this.#heads.set(keyOf(head), head);
      for (const { place } of since) this.#lower(place);
      return result;
    } finally {
      this.#underWay.delete(turn);
      const oldest = Math.min(...this.#underWay);
      this.#arrivals = this.#arrivals.filter((arrival) => arrival.turn >= oldest);
    }
  }

  #note(place: Arrival['place']): void {
    if (this.#underWay.size > 0) this.#arrivals.push({ turn: this.#turn, place });
    this.#lower(place);
  }

  #lower(place: Arrival['place']): void {
    if (place === 'anywhere') return this.#heads.clear();
    const head = this.#heads.get(keyOf(place));
    if (head && isBefore(place, head)) this.#heads.set(keyOf(place), place);
  }

  #forgetOld(): void {
    if (this.#now() - this.#forgottenMs < believedMs) return;
    this.#forgottenMs = this.#now();
    this.forget();
  }
}

const keyOf = ({ targetId, needId }: Queue): string => `${targetId}/${needId}`;

/** No job comes before it. */
const beginningOf = ({ targetId, needId }: Queue): QueuePlace => ({
  ...{ targetId, needId, priority: 0, lost: true, releasedUs: 9e15, versionId: 0 },
});

/** The queue's order: priority, lost ones first, newest release first, lowest number first. */
function isBefore(one: QueuePlace, other: QueuePlace): boolean {
  if (one.priority !== other.priority) return one.priority < other.priority;
  if (one.lost !== other.lost) return one.lost;
  if (one.releasedUs !== other.releasedUs) return one.releasedUs > other.releasedUs;
  return one.versionId < other.versionId;
}
