import type { Queryable } from '@piw/db/queryable';
import { queueTallies } from '@piw/db/tallies';
import { listTargets } from '@piw/db/targets';
import { compareTargets, targetName } from '@piw/wheel/target';
import type { TargetPicture } from '@piw/wire/status-protocol';

/** The farm's targets in their order, retired ones too, each with how much of the queue is its own: kept counts, nothing is counted. */
export async function targetPictures(db: Queryable): Promise<TargetPicture[]> {
  const [targets, tallies] = await Promise.all([listTargets(db), queueTallies(db)]);
  const tallyOf = new Map(tallies.map((tally) => [tally.targetId, tally]));
  return targets.toSorted(compareTargets).map((target) => {
    const tally = tallyOf.get(target.targetId);
    return {
      target: targetName(target),
      python: target.python,
      preferred: target.preferred,
      retired: target.retired,
      waiting: tally?.ready ?? 0,
      delayed: tally?.delayed ?? 0,
      building: tally?.leased ?? 0,
    };
  });
}
