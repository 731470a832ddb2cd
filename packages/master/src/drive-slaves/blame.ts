import type { BlameNews } from '@piw/db/blame';
import type { Offer } from '@piw/db/take-jobs';
import { untilAborted } from '../until-aborted.ts';
import type { Sessions } from './sessions.ts';

/** Whoever waits gets nothing while the world is at fault, but for one at a time, each in its turn, to find out whether it is over. */
export function probes(sessions: Sessions, ready: readonly Offer[]): Offer[] {
  const { now, options } = sessions.premises;
  const turn = ready[Math.floor(now() / options.periods.probeMs) % ready.length];
  return turn && mayProbe(sessions) ? [turn] : [];
}

/** Whether it is time for the next of them. */
export const mayProbe = ({ premises, probedMs }: Sessions): boolean =>
  premises.now() - probedMs >= premises.options.periods.probeMs;

/** Tells sessions who is to blame, as it is found. */
export async function followBlame(sessions: Sessions, signal: AbortSignal): Promise<void> {
  const { bulletin } = sessions.premises;
  const follow = (news: BlameNews) => apply(sessions, news);
  bulletin.on('blame', follow);
  await untilAborted(signal);
  bulletin.off('blame', follow);
}

function apply(sessions: Sessions, { slaves, fault }: BlameNews): void {
  const { registry, premises } = sessions;
  for (const { slaveId, quarantine } of slaves) {
    const slave = registry.byId(slaveId);
    if (!slave) continue;
    if (quarantine) premises.log.warn(`${slave.hello.label} is in quarantine: ${quarantine.why}`);
    sessions.deliver(slave, { type: 'QUARANTINED', quarantine });
  }
  if (fault === undefined) return;
  premises.log.warn(
    fault
      ? `the world is at fault, no slave is: ${fault.text}; one build at a time finds out whether it is over`
      : 'builds run again: what kept them all from it is over',
  );
  sessions.fault = fault;
  sessions.probedMs = fault?.sinceMs ?? 0;
  premises.bulletin.emit('farm');
  if (!fault) premises.bulletin.emit('waiting');
}
