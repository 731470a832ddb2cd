/** Why a job comes before others, the first first; its place in this list is what the database keeps. */
export const priorities = ['request', 'wanted', 'release', 'preferred', 'backlog'] as const;

export type Priority = (typeof priorities)[number];

/** An operator's word on a package, one of its versions, or one target of either. */
export interface Nudge {
  readonly versionId: number | null;
  readonly targetId: number | null;
  readonly place: 'front' | 'back';
}

/** What decides on a version's places in the queue. A request without a target is for all of them. */
export interface Standing {
  readonly asked: boolean;
  /** How long ago it was released, in milliseconds. */
  readonly ageMs: number;
  readonly requests: readonly (number | null)[];
  /** Targets that are built again on purpose, though they are settled. */
  readonly rebuilds: readonly number[];
  readonly nudges: readonly Nudge[];
}

/** For how long a release counts as new. */
const newForMs = 3 * 24 * 3600 * 1000;

/** A job's priority: the most exact nudge decides, else the best that its version or its target can claim. */
export function priorityOf(standing: Standing, target: { targetId: number; preferred: boolean }): Priority {
  const nudge = placeOf(standing.nudges, target.targetId);
  if (nudge) return nudge === 'front' ? 'request' : 'backlog';
  if (standing.requests.some((wished) => wished === null || wished === target.targetId)) return 'request';
  if (standing.rebuilds.includes(target.targetId)) return 'request';
  if (standing.asked) return 'wanted';
  if (standing.ageMs < newForMs) return 'release';
  return target.preferred ? 'preferred' : 'backlog';
}

function placeOf(nudges: readonly Nudge[], targetId: number): Nudge['place'] | undefined {
  const fitting = nudges.filter((nudge) => nudge.targetId === null || nudge.targetId === targetId);
  return fitting.toSorted((a, b) => exactness(b) - exactness(a))[0]?.place;
}

const exactness = ({ versionId, targetId }: Nudge): number =>
  (versionId === null ? 0 : 2) + (targetId === null ? 0 : 1);
