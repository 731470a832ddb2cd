import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Board } from '@piw/host/board';
import { softwareVersion } from '@piw/host/software-version';
import { type FromSlave, type Hello, slaveProtocolVersion } from '@piw/wire/slave-protocol';
import type { Limits, Vitals } from '@piw/wire/vocabulary';
import type { Interpreter } from '../interpreters/interpreter.ts';
import { attemptOf, type Session } from '../session/session.ts';

/** Who a slave is, for as long as it runs. */
export interface Identity {
  readonly label: string;
  /** Whom the label belongs to. */
  readonly owner: string;
  readonly board: Board;
  readonly interpreters: readonly Interpreter[];
  readonly limits: Limits;
  /** What its owner adds to what it can do. */
  readonly capabilities: Readonly<Record<string, string | number>>;
}

type Introduction = Omit<Hello, 'n' | 'holds' | 'vitals'>;

/** The part of HELLO that stays the same; every run of the program is an instance of its own. */
export const introduce = (
  { label, owner, board, interpreters, limits, capabilities }: Identity,
  memoryBytes: number,
): Introduction => ({
  ...{ instance: randomUUID(), protocols: [slaveProtocolVersion], software: softwareVersion(), label, owner, limits },
  host: hostname(),
  targets: interpreters.map(({ target, tags, python, implementation }) => ({
    ...target,
    ...{ tags: [...tags], python, implementation },
  })),
  capabilities: {
    os: board.os,
    cpus: board.cpus,
    memory: memoryBytes,
    ...(board.model === null ? {} : { board: board.model }),
    ...(board.serial === null ? {} : { serial: board.serial }),
    ...capabilities,
  },
});

/** A message that tells how things are now; of the vitals only the clock is. */
export function compose(
  what: 'HELLO' | 'READY' | 'ALIVE' | 'BUILT' | 'BYE',
  { work, n }: Session,
  introduction: Introduction,
  latest: Vitals,
): FromSlave {
  const vitals = { ...latest, clockMs: Date.now() };
  switch (what) {
    case 'HELLO':
      return {
        type: 'HELLO',
        body: { ...introduction, n, vitals, holds: holdsOf(work), upMs: Math.round(process.uptime() * 1000) },
      };
    case 'READY':
      return { type: 'READY', body: { vitals } };
    case 'ALIVE': {
      const held = holdsOf(work);
      const step = work.phase === 'building' ? work.step : null;
      return { type: 'ALIVE', body: { vitals, attempt: held?.attempt ?? null, step, phase: held?.phase ?? 'idle' } };
    }
    case 'BUILT':
      if (work.phase !== 'built') throw new Error(`BUILT while ${work.phase}`);
      return { type: 'BUILT', body: work.built };
    case 'BYE':
      return { type: 'BYE', body: {} };
  }
}

/** What is being cleared away is nobody's any more. */
function holdsOf(work: Session['work']): Hello['holds'] {
  const attempt = attemptOf(work);
  if (attempt === null || work.phase === 'idle' || work.phase === 'clearing') return null;
  return { attempt, phase: work.phase };
}
