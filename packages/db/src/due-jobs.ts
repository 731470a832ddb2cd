import { climb, isSkipped } from '@piw/wheel/ladder';
import { priorities, priorityOf } from './priority.ts';
import type { KnownVersion } from './version-facts.ts';

/** A job that is due, as the queue keeps it; one that somebody asked for needs no delay after its release. */
export interface DueJob {
  readonly versionId: number;
  readonly targetId: number;
  readonly needId: number;
  readonly priority: number;
  readonly atOnce: boolean;
}

/** The jobs of a version: what the ladder says is due, unsettled targets that a request names out of its order, and what is built again on purpose. */
export function dueJobs({ versionId, needId, trials, facts, rungs, standing }: KnownVersion): DueJob[] {
  const { due, settled } = climb(facts);
  const wished = facts.gone ? [] : standing.requests.filter((targetId) => targetId !== null && !settled.has(targetId));
  const again = facts.gone ? [] : standing.rebuilds.filter((targetId) => !isSkipped(facts, targetId));
  const ids = new Set<number | null>([...due, ...wished, ...again]);
  return rungs
    .filter(({ targetId }) => ids.has(targetId))
    .map((target) => {
      const tried = trials.get(target.targetId);
      const priority = tried === undefined ? priorityOf(standing, target) : 'request';
      const atOnce = standing.asked || standing.requests.length > 0 || priority === 'request';
      return {
        versionId,
        targetId: target.targetId,
        needId: tried ?? needId,
        priority: priorities.indexOf(priority),
        atOnce,
      };
    });
}
