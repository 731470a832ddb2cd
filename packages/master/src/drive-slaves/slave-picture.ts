import { targetName } from '@piw/wheel/target';
import type { SlavePicture, SlaveState } from '@piw/wire/status-protocol';
import type { Pause } from '@piw/wire/vocabulary';
import type { Session } from './session.ts';
import type { Slave } from './slave.ts';

/** The slave as centres of control show it. */
export function pictureOf(slave: Slave, farmPause: Pause | null, nowMs: number): SlavePicture {
  const { hello, session } = slave;
  const { state, standing } = session;
  const paused = standing.pause ?? farmPause;
  return {
    slave: slave.slaveId,
    label: hello.label,
    host: hello.host,
    software: hello.software,
    state: stateOf(session, paused),
    stateSinceMs: session.sinceMs,
    recalled: isRecalled(session),
    why: whyOf(session, paused),
    targets: hello.targets.map(targetName),
    capabilities: hello.capabilities,
    upSinceMs: slave.upSinceMs,
    heardMs: slave.heardMs,
    skewMs: slave.skewMs,
    paused,
    quarantine: standing.quarantine,
    task: 'task' in state ? taskOf(state.task, slave.step) : null,
    lastHour: slave.recent.count(nowMs),
    vitals: slave.vitals,
  };
}

/** A picture without what changes at each sign of life: two of them differ only if there is something to show. */
export const lastingPart = (picture: SlavePicture): string =>
  JSON.stringify({
    ...picture,
    heardMs: 0,
    skewMs: 0,
    vitals: null,
    task: picture.task && { ...picture.task, step: null },
  });

function stateOf({ state, standing }: Session, paused: Pause | null): SlaveState {
  switch (state.phase) {
    case 'absent':
      return state.how;
    case 'idle':
    case 'ready':
      if (standing.leaving) return 'draining';
      return paused ? 'paused' : standing.quarantine ? 'quarantined' : 'idle';
    case 'building':
      return state.cancel ? 'cleaning' : standing.leaving ? 'draining' : 'building';
    case 'collecting':
    case 'ending':
      return 'sending';
    case 'cleaning':
      return 'cleaning';
  }
}

const isRecalled = ({ standing }: Session): boolean => standing.leaving?.restart === true;

function whyOf(session: Session, paused: Pause | null): string | null {
  const { state, standing } = session;
  if (state.phase === 'building' && state.cancel) return state.cancel.why;
  if (state.phase === 'absent' && state.how === 'lost') return 'It was not heard of any more.';
  if (state.phase === 'absent') return isRecalled(session) ? 'It is to come back.' : null;
  if (standing.leaving) return standing.leaving.restart ? 'It restarts.' : 'It stops.';
  return paused?.why ?? standing.quarantine?.why ?? null;
}

const taskOf = (
  { attempt, package: name, version, target, startedMs }: Extract<Session['state'], { task: unknown }>['task'],
  step: string | null,
): SlavePicture['task'] => ({
  attempt,
  package: name,
  version,
  target: targetName(target),
  step,
  sinceMs: startedMs,
});
