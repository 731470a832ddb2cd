import type { UpstreamFacts } from '@piw/wheel/ladder';
import { expandTag, type Tag } from '@piw/wheel/tag';
import type { ServedWheels } from '@piw/wheel/upstream-versions';
import { z } from 'zod';

/** The wheels of a version as its row keeps them; null until upstream was heard of it. */
export const servedWheels = z
  .array(z.object({ requiresPython: z.string().nullable(), tagSets: z.array(z.string()) }))
  .nullable();

/** What is stored of a version that bears on what upstream settles. */
export interface StoredUpstream {
  readonly upstream: readonly ServedWheels[] | null;
  readonly merges: boolean;
  readonly asked: boolean;
  /** The targets that requests name; null is all of them. */
  readonly requests: readonly (number | null)[];
}

/** Turns what is stored of versions into facts for the ladder; tag sets, which many versions share, are expanded once. */
export class UpstreamReader {
  readonly #expanded = new Map<string, readonly Tag[]>();

  /** What upstream settles of a version. */
  read({ upstream, merges, asked, requests }: StoredUpstream): UpstreamFacts {
    const all = asked || requests.includes(null);
    return {
      wheels: merges ? (upstream?.map((wheels) => this.#expand(wheels)) ?? 'unheard') : 'ignored',
      asked: all ? 'all' : new Set(requests.filter((targetId) => targetId !== null)),
    };
  }

  /** Every tag that was met. */
  tags(): Tag[] {
    return [...this.#expanded.values()].flat();
  }

  #expand({ requiresPython, tagSets }: ServedWheels) {
    return { requiresPython, tags: tagSets.flatMap((set) => this.#tagsOf(set)) };
  }

  #tagsOf(set: string): readonly Tag[] {
    const tags = this.#expanded.get(set) ?? expandTag(set);
    this.#expanded.set(set, tags);
    return tags;
  }
}
