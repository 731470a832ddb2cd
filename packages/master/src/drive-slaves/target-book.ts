import { capabilitiesOf, listNeeds, type Need, needsMet } from '@piw/db/needs';
import { addTarget, listTargets, type StoredTarget } from '@piw/db/targets';
import { inTransaction } from '@piw/db/transaction';
import { targetName } from '@piw/wheel/target';
import type { Hello } from '@piw/wire/slave-protocol';
import type { TargetOffer } from '@piw/wire/vocabulary';
import type { Premises } from '../premises.ts';
import type { Acquaintance } from './slave.ts';

/** More targets than there are Pythons and platforms: beyond, an operator adds them. */
const mostAccepted = 300;

/** What the farm builds for, and what its jobs need, in memory: slaves are matched against it once. */
export class TargetBook {
  readonly #premises: Premises;
  readonly #most: number;
  #targets: ReadonlyMap<string, StoredTarget> = new Map();
  #tags: ReadonlyMap<number, ReadonlySet<string>> = new Map();
  #aliased: ReadonlySet<number> = new Set();
  #needs: readonly Need[] = [];

  constructor(premises: Premises, most = mostAccepted) {
    this.#premises = premises;
    this.#most = most;
  }

  /** Reads the targets and needs again, as after a change of either. */
  async refresh(): Promise<void> {
    const { pool } = this.#premises;
    const [targets, needs] = await Promise.all([listTargets(pool), listNeeds(pool)]);
    this.#targets = new Map(targets.map((target) => [targetName(target), target]));
    this.#tags = new Map(targets.map(({ targetId, tags }) => [targetId, new Set(tags)]));
    this.#aliased = new Set(targets.filter(({ alias }) => alias !== null).map(({ targetId }) => targetId));
    this.#needs = needs;
  }

  /** What suits a slave that says this of itself. */
  suits(hello: Hello): Omit<Acquaintance, 'slaveId'> {
    const targetIds = hello.targets.flatMap((offer) => {
      const target = this.#targets.get(targetName(offer));
      return target && !target.retired ? [target.targetId] : [];
    });
    return { targetIds: [...new Set(targetIds)], needIds: needsMet(this.#needs, capabilitiesOf(hello)) };
  }

  /** The tags that a wheel built for a target may have, as the farm knows them. */
  tagsOf(targetId: number): ReadonlySet<string> {
    return this.#tags.get(targetId) ?? new Set();
  }

  /** Whether its wheels may also be published under another platform's name. */
  hasAlias(targetId: number): boolean {
    return this.#aliased.has(targetId);
  }

  /** Adds what the farm doesn't know yet of what a slave offers, as long as there are not many; retired targets stay retired. */
  async accept(offers: readonly TargetOffer[]): Promise<void> {
    const room = Math.max(this.#most - this.#targets.size, 0);
    const unknown = offers.filter((offer) => !this.#targets.has(targetName(offer))).slice(0, room);
    if (unknown.length === 0) return;
    const { pool, bulletin, log } = this.#premises;
    for (const offer of unknown) {
      const { woken } = await inTransaction(pool, (tx) => addTarget(tx, offer));
      log.info(`the farm builds for ${targetName(offer)} from now on`);
      if (woken.length > 0) bulletin.emit('queue', woken);
    }
    await this.refresh();
    bulletin.emit('farm');
  }
}
