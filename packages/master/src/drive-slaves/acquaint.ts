import { leasedTask } from '@piw/db/leased-task';
import { reopenAttempt } from '@piw/db/reopen-attempt';
import { knowSlave } from '@piw/db/slaves';
import { quarantineOf } from '@piw/db/strikes';
import { inTransaction } from '@piw/db/transaction';
import { type Hello, slaveProtocolVersion } from '@piw/wire/slave-protocol';
import type { Pause, Quarantine } from '@piw/wire/vocabulary';
import type { Premises } from '../premises.ts';
import type { Acquaintance } from './slave.ts';
import type { TargetBook } from './target-book.ts';
import type { Task } from './task.ts';
import { masterDeadlineMs } from './task-of-job.ts';

/** A HELLO, looked up: who the slave is to the farm, and the task that is its own; or why it isn't let in. */
export type Meeting =
  | { readonly refused: string }
  | {
      readonly acquaintance: Acquaintance;
      readonly leased: Task | null;
      /** The task had been declared lost, and is the slave's again. */
      readonly reopened: boolean;
      readonly pause: Pause | null;
      readonly quarantine: Quarantine | null;
    };

/** Looks a HELLO up. An attempt that the slave still has, declared lost but given to nobody since, is its own again. */
export async function acquaint(premises: Premises, book: TargetBook, hello: Hello): Promise<Meeting> {
  const { pool, options, now } = premises;
  if (!hello.protocols.includes(slaveProtocolVersion))
    return { refused: `This master speaks version ${slaveProtocolVersion} of the protocol: update the slave.` };
  if (options.acceptTargets) await book.accept(hello.targets);
  const { label, owner, instance } = hello;
  const known = await knowSlave(pool, { label, owner, instance, hello });
  if (!known) return { refused: `The label ${label} belongs to another slave: give another with --label.` };
  const { slaveId } = known;
  const { holds, limits } = hello;
  const reopened = holds !== null && (await reopens(premises, holds.attempt, slaveId, limits.timeoutMs));
  const leased = await leasedTask(pool, slaveId);
  const quarantine = await quarantineOf(pool, slaveId);
  return {
    acquaintance: { slaveId, ...book.suits(hello) },
    leased: leased ? { ...leased, deadlineMs: masterDeadlineMs(now() + leased.leftMs, options.periods) } : null,
    reopened,
    pause: known.paused,
    quarantine: quarantine && quarantine.untilMs > now() ? quarantine : null,
  };
}

async function reopens({ pool, options }: Premises, attempt: number, slaveId: number, limitMs: number) {
  const { leaseMs, graceMs } = options.periods;
  const terms = { leaseMs, deadlineMs: limitMs + graceMs };
  return (await inTransaction(pool, (tx) => reopenAttempt(tx, attempt, slaveId, terms))) === 'reopened';
}
