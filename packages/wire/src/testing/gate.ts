import { onTestFinished } from 'vitest';
import type { Holder } from '../keys/authorized-keys.ts';
import type { DialKeys } from '../keys/dial-keys.ts';
import type { Role } from '../keys/door.ts';
import { Gatehouse, type TurnedAway } from '../keys/gatehouse.ts';
import { type KeyPair, makeKeyPair } from '../keys/key-pair.ts';
import { Keyring } from '../keys/keyring.ts';

/** A gatehouse until the test is over, and what it takes to come in there. */
export interface TestGate {
  readonly house: Gatehouse;
  readonly keyring: Keyring;
  readonly turnedAway: TurnedAway[];
  /** A key that nobody authorized. */
  stranger(): DialKeys;
  /** One that is let in from now on. */
  admit(role: Role, label: string, own?: KeyPair): DialKeys;
  revoke(label: string): void;
  /** The key with that label is from now on another role's and has another label. */
  move(label: string, role: Role, to: string): void;
}

export async function openTestGate(): Promise<TestGate> {
  const master = makeKeyPair();
  const keyring = new Keyring(master, []);
  const turnedAway: TurnedAway[] = [];
  const house = await Gatehouse.open(keyring, (who) => turnedAway.push(who));
  onTestFinished(() => house.close());
  let holders: Holder[] = [];
  const hold = (next: Holder[]): void => keyring.replace((holders = next));
  return {
    ...{ house, keyring, turnedAway },
    stranger: () => ({ own: makeKeyPair(), master: master.publicKey }),
    admit: (role, label, own = makeKeyPair()) => {
      hold([...holders, { role, label, key: own.publicKey }]);
      return { own, master: master.publicKey };
    },
    move: (label, role, to) =>
      hold(holders.map((holder) => (holder.label === label ? { ...holder, role, label: to } : holder))),
    revoke: (label) => hold(holders.filter((holder) => holder.label !== label)),
  };
}
