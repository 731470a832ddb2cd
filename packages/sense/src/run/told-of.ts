import { withFullStop } from '@piw/host/with-full-stop';
import type { Done } from '@piw/operator/order';

/** What there is to tell, and whether it is good. */
export interface Told {
  readonly good: boolean;
  readonly text: string;
}

/**
 * What came of an order, in few words, for they go by letter by letter: what was `told` to be done, or first what was not. The master's own
 * words only tell why something was refused.
 */
export function toldOf({ done, refused }: Done, told: string): Told {
  const [first] = refused;
  if (!first) return { good: true, text: done.length > 0 ? told : 'nothing to do' };
  const others = refused.length > 1 ? ` And ${refused.length - 1} more.` : '';
  const rest = done.length > 0 ? ` Else ${told}.` : '';
  return { good: false, text: `not ${first.subject}: ${withFullStop(first.text)}${others}${rest}` };
}
