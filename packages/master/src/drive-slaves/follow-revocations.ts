import { untilAborted } from '../until-aborted.ts';
import type { Sessions } from './sessions.ts';

/** Slaves whose key is revoked, or is somebody else's or another role's now, have gone: what they were building is free at once, uncounted. */
export async function followRevocations(sessions: Sessions, signal: AbortSignal): Promise<void> {
  const keyring = sessions.premises.gatehouse?.keyring;
  const letGo = (): void => {
    for (const slave of sessions.registry.all())
      if (!sessions.letIn(slave.peer, slave.hello.owner)) sessions.deliver(slave, { type: 'BYE' });
  };
  keyring?.on('changed', letGo);
  await untilAborted(signal);
  keyring?.off('changed', letGo);
}
