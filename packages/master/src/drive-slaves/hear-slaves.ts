import type { Holder } from '@piw/wire/keys/authorized-keys';
import type { Heard } from '@piw/wire/listener';
import type { FromSlave, fromSlave } from '@piw/wire/slave-protocol';
import type { Reception } from './reception.ts';
import type { SessionEvent } from './session.ts';
import type { Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';

/** A message of a slave: that it lives is noted first, whatever it says; then its session hears it. */
export function hear(sessions: Sessions, reception: Reception, { peer, by, message }: Heard<typeof fromSlave>): void {
  sessions.heardMs = sessions.premises.now();
  const slave = sessions.registry.byPeer(peer);
  if (message.type === 'HELLO') reception.greet(peer, by ? { ...message.body, owner: ownerOf(by) } : message.body);
  else if (!slave) reception.ask(peer, message.type);
  else {
    noteLife(sessions, slave, message);
    sessions.deliver(slave, eventOf(message));
  }
}

/** Who has a key owns the labels that came with it, whatever else a slave says; a key's owner is no slave without one. */
export const ownerOf = ({ label }: Holder): string => `key ${label}`;

/** What it names is its own as long as the session agrees: its lease will be renewed. */
function noteLife(sessions: Sessions, slave: Slave, { type, body }: Exclude<FromSlave, { type: 'HELLO' }>): void {
  slave.heardMs = sessions.premises.now();
  if ('attempt' in body && body.attempt !== null && body.attempt === slave.attempt) sessions.named.add(body.attempt);
  if (type !== 'ALIVE' && type !== 'READY') return;
  slave.vitals = body.vitals;
  slave.step = type === 'ALIVE' ? body.step : null;
  const { slaveId, heardMs, skewMs, step, vitals } = slave;
  sessions.premises.bulletin.emit('heard', { slave: slaveId, heardMs, skewMs, step, vitals });
}

function eventOf(message: Exclude<FromSlave, { type: 'HELLO' }>): SessionEvent {
  switch (message.type) {
    case 'READY':
    case 'BYE':
      return { type: message.type };
    case 'ALIVE': {
      const { attempt, phase } = message.body;
      return { type: 'ALIVE', attempt, phase };
    }
    case 'LOG':
      return { type: 'LOG', ...message.body };
    case 'BUILT':
      return { type: 'BUILT', built: message.body };
  }
}
