import type { ToSlave } from '@piw/wire/slave-protocol';
import type { Effect, SessionEvent } from './session.ts';
import type { Slave } from './slave.ts';

/** All that a session can do to the world. Nothing here is waited for: what is slow comes back as an event. */
export interface World {
  say(slave: Slave, message: ToSlave): void;
  hear(slave: Slave, attempt: number | null): void;
  welcome(slave: Slave, effect: Extract<Effect, { do: 'welcome' }>): void;
  append(effect: Extract<Effect, { do: 'append' }>): number;
  receive(slave: Slave, effect: Extract<Effect, { do: 'receive' }>): void;
  abandon(attempt: number): void;
  end(slave: Slave, effect: Extract<Effect, { do: 'end' }>): void;
  wait(): void;
}

/** Does one thing that a session wants done; returns what is learned at once. */
export function perform(effect: Effect, slave: Slave, world: World): SessionEvent | undefined {
  switch (effect.do) {
    case 'say':
      world.say(slave, effect.message);
      return undefined;
    case 'hear':
      world.hear(slave, effect.attempt);
      return undefined;
    case 'welcome':
      world.welcome(slave, effect);
      return undefined;
    case 'append':
      return { type: 'LOGGED', attempt: effect.attempt, logBytes: world.append(effect) };
    case 'receive':
      world.receive(slave, effect);
      return undefined;
    case 'abandon':
      world.abandon(effect.attempt);
      return undefined;
    case 'end':
      world.end(slave, effect);
      return undefined;
    case 'wait':
      world.wait();
      return undefined;
  }
}
