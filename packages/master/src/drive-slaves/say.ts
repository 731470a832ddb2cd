import type { Effect, Leaving, On, Standing } from './session.ts';
import type { Order } from './task.ts';

const say = (message: Extract<Effect, { do: 'say' }>['message']): Effect => ({ do: 'say', message });

/** What sessions say, a function a message. */
export const who: Effect = say({ type: 'WHO', body: {} });
export const build = (order: Order, { n }: Standing): Effect => say({ type: 'BUILD', body: { ...order, n } });
export const cancel = (attempt: number, reason: string): Effect => say({ type: 'CANCEL', body: { attempt, reason } });
export const done = (attempt: number): Effect => say({ type: 'DONE', body: { attempt } });
export const die = (leaving: Leaving): Effect => say({ type: 'DIE', body: leaving });
export const hear = (attempt: number | null): Effect => ({ do: 'hear', attempt });

/** To a slave that has an attempt which isn't its own any more: stop it, or forget it. */
export const stray = (attempt: number, phase: 'idle' | 'building' | 'built'): Effect =>
  phase === 'building' ? cancel(attempt, 'This attempt has ended.') : done(attempt);

/** The answer to a HELLO: the attempt that it names goes on, or is nobody's any more. */
export const welcome = ({ n, holds }: On<'MET'>, goesOn: boolean): Effect => ({
  do: 'welcome',
  n,
  verdict: holds === null ? null : goesOn ? 'go-on' : 'forget',
  attempt: holds?.attempt ?? null,
});
