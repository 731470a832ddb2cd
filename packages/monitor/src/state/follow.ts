import { slaveLabelled } from '@piw/wire/board-slaves';
import type { Board } from '@piw/wire/status-board';
import { goTo } from './go.ts';
import type { Monitor } from './monitor.ts';
import { telling } from './notices.ts';
import { type Place, placeKey } from './place.ts';
import type { CellRef } from './ref.ts';

/** Who or what is followed: a slave from build to build, or a job from attempt to attempt until it is settled. */
export type Whom = { readonly of: 'slave'; readonly label: string } | { readonly of: 'job'; readonly cell: CellRef };

/** It, with where that has led, and the latest attempt at the job before. */
export interface Followed {
  readonly whom: Whom;
  readonly placeKey: string;
  readonly after: number;
}

/** How it is spoken of. */
export const wordsOfFollowed = (whom: Whom): string =>
  whom.of === 'slave' ? whom.label : `${whom.cell.package} ${whom.cell.version} ${whom.cell.target}`;

/** The monitor where it follows that: at what is being built, else where it is told why nothing is. */
export function follow(monitor: Monitor, whom: Whom): Monitor {
  const { board } = monitor.feed;
  const after = whom.of === 'job' && board ? latestAttempt(whom.cell, board) : 0;
  const attempt = board && attemptOf(whom, after, board);
  const place: Place = attempt === null ? waitingPlace(whom) : { view: 'build', attempt };
  const told = telling(
    goTo(monitor, place),
    'good',
    `Following ${wordsOfFollowed(whom)} from build to build, until you go elsewhere.`,
  );
  return { ...told, followed: { whom, after, placeKey: placeKey(place) } };
}

const waitingPlace = (whom: Whom): Place =>
  whom.of === 'slave' ? { view: 'slave', label: whom.label } : { view: 'why', of: whom.cell };

/** What of it is built now; of a job also what was built since it is followed. */
function attemptOf(whom: Whom, after: number, board: Board): number | null {
  if (whom.of === 'slave') return slaveLabelled(board, whom.label)?.task?.attempt ?? null;
  for (const { task } of board.slaves.values()) if (task && isOf(task, whom.cell)) return task.attempt;
  const latest = latestAttempt(whom.cell, board);
  return latest > after ? latest : null;
}

/** Attempts are counted up: of those of a job that have ended the last; 0 where there is none. */
const latestAttempt = (cell: CellRef, board: Board): number =>
  Math.max(0, ...board.builds.filter((one) => one.outcome !== null && isOf(one, cell)).map(({ attempt }) => attempt));

const isOf = (one: CellRef, cell: CellRef): boolean =>
  one.package === cell.package && one.version === cell.version && one.target === cell.target;

/** The monitor after the farm changed: on to the next build of what is followed. The one before stays until then, with what became of it. */
export function followed(monitor: Monitor): Monitor {
  const { followed: it, feed } = monitor;
  const { board } = feed;
  if (it === null || board === null || placeKey(monitor.place) !== it.placeKey) return monitor;
  const { whom } = it;
  if (whom.of === 'slave' && !slaveLabelled(board, whom.label))
    return unfollowed(monitor, 'odd', `There is no slave ${whom.label} any more: it is no longer followed.`);
  const attempt = attemptOf(whom, it.after, board);
  const there = attempt === null ? monitor : onTo({ view: 'build', attempt }, it, monitor);
  return whom.of === 'job' ? settled(there, whom.cell, board) : there;
}

/** Esc leads back to where the following began, not through all builds. */
function onTo(place: Place, it: Followed, monitor: Monitor): Monitor {
  if (placeKey(place) === it.placeKey) return monitor;
  return { ...goTo(monitor, place), past: monitor.past, followed: { ...it, placeKey: placeKey(place) } };
}

/** Outcomes after which a job waits again. */
const again: ReadonlySet<string> = new Set(['transient', 'lost', 'cancelled']);

/** A job whose last attempt settled it needs nobody's eye any more. */
function settled(monitor: Monitor, cell: CellRef, board: Board): Monitor {
  const { place } = monitor;
  const last = place.view === 'build' ? board.builds.find(({ attempt }) => attempt === place.attempt) : undefined;
  if (!last || last.outcome === null || again.has(last.outcome)) return monitor;
  const words = `${wordsOfFollowed({ of: 'job', cell })} is over: ${last.outcome}`;
  const why = last.reason === null ? '' : `, ${last.reason.text}`;
  return unfollowed(monitor, last.outcome === 'success' ? 'good' : 'bad', `${words}${why}`);
}

const unfollowed = (monitor: Monitor, tone: 'good' | 'odd' | 'bad', text: string): Monitor =>
  telling({ ...monitor, followed: null }, tone, text);

/** The monitor after a key or a click: who goes elsewhere follows no longer; help doesn't count. */
export function afterMoving(before: Monitor, after: Monitor): Monitor {
  const { followed: it, place } = after;
  if (it === null || it !== before.followed || placeKey(before.place) === placeKey(place)) return after;
  return placeKey(place) === it.placeKey || place.view === 'help' ? after : { ...after, followed: null };
}
