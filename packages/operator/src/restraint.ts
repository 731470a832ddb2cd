import type { Answer } from '@piw/wire/control-protocol';

/** Why who stands so with the master gives no orders; null where they may. */
export const restraintOf = ({ who, mayOrder }: Answer<'STANDING'>): string | null =>
  mayOrder ? null : `the key of ${who} is an observer's`;
