import type { Monitor } from './monitor.ts';
import { placeKey } from './place.ts';

const none: readonly number[] = [];

/** Before what the pages begin that were asked for after the first, at the place where the operator is. */
export const earlierPages = ({ lists, place }: Monitor): readonly number[] => lists[placeKey(place)]?.earlier ?? none;

/** As long as earlier pages are read, the first stays as it was: else what is between would be lost. */
export const firstPageFreshMs = (monitor: Monitor, usualMs: number): number =>
  earlierPages(monitor).length === 0 ? usualMs : Number.POSITIVE_INFINITY;
