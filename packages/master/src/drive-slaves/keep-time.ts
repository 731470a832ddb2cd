import { setTimeout as sleep } from 'node:timers/promises';
import { mayProbe } from './blame.ts';
import { ended } from './build-picture.ts';
import { renew, type Swept, sweep } from './keep-leases.ts';
import type { Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';

/** How long a slave that is away stays on the board, in milliseconds: after BYE, and after it was lost. */
const shownMs = { gone: 15 * 60_000, lost: 24 * 3_600_000 };

/** Tells sessions the time, renews the leases of what was heard, forgets slaves that are long gone. */
export async function keepTime(sessions: Sessions, signal: AbortSignal): Promise<void> {
  const { premises, registry, named, moving } = sessions;
  const { renewMs, leaseMs } = premises.options.periods;
  let [passedMs, awakeMs] = [premises.now(), 0];
  while (await passes(renewMs, signal)) {
    // A master that was held up, as by a suspended machine, first hears what was said meanwhile.
    if (premises.now() - passedMs > leaseMs / 2) awakeMs = premises.now();
    passedMs = premises.now();
    for (const slave of registry.all()) tick(sessions, slave, awakeMs);
    if (sessions.fault && mayProbe(sessions)) premises.bulletin.emit('waiting');
    const heardOf = { named: [...named], moving: [...moving] };
    named.clear();
    moving.clear();
    await renew(premises, heardOf);
  }
}

/** Ends what nobody was heard of. A master that hears nobody at all is deaf, and ends nothing. */
export async function sweepLost(sessions: Sessions, signal: AbortSignal): Promise<void> {
  const { premises } = sessions;
  const { sweepMs, leaseMs } = premises.options.periods;
  while (await passes(sweepMs, signal)) {
    const deaf = premises.now() - sessions.heardMs > leaseMs;
    for (const swept of await sweep(premises, deaf, logLengths(sessions))) lose(sessions, swept);
  }
}

/** False once the signal says stop. */
const passes = (ms: number, signal: AbortSignal): Promise<boolean> => sleep(ms, true, { signal }).catch(() => false);

/** Nobody is silent who could not be heard before `awakeMs`. */
function tick(sessions: Sessions, slave: Slave, awakeMs: number): void {
  const { now, options, bulletin } = sessions.premises;
  if (now() - Math.max(slave.heardMs, awakeMs) > options.periods.leaseMs) sessions.deliver(slave, { type: 'SILENT' });
  sessions.deliver(slave, { type: 'TICK' });
  const { state, standing, sinceMs } = slave.session;
  if (standing.quarantine && standing.quarantine.untilMs <= now())
    sessions.deliver(slave, { type: 'QUARANTINED', quarantine: null });
  if (state.phase === 'ending') sessions.named.add(state.task.attempt);
  if (state.phase !== 'absent' || now() - sinceMs < shownMs[state.how]) return;
  sessions.registry.remove(slave);
  bulletin.emit('gone', slave.slaveId);
}

const logLengths = ({ registry, logs }: Sessions): Map<number, number> =>
  new Map([...registry.all()].flatMap(({ attempt }) => (attempt === null ? [] : [[attempt, logs.length(attempt)]])));

/** The database says that an attempt is lost: its log so far is kept, its session hears of it. */
function lose(sessions: Sessions, { attempt, slaveId, outcome, reason }: Swept): void {
  const { registry, errands, premises } = sessions;
  errands.start(() => sessions.logs.closeIfPossible(attempt));
  const slave = registry.byId(slaveId);
  if (!slave || slave.attempt !== attempt || !('task' in slave.session.state)) return;
  const { task } = slave.session.state;
  premises.log.warn(`attempt ${attempt} is lost: nothing was heard of ${slave.hello.label} any more`);
  sessions.deliver(slave, { type: 'LOST', attempt });
  premises.bulletin.emit('ended', ended(task, slave.hello.label, { outcome, reason, files: [] }, premises.now()));
}
