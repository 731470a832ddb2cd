import { isConnectionError } from '@piw/db/connection-error';
import { Allowance } from '@piw/wire/keys/allowance';
import { Ration } from '@piw/wire/keys/ration';
import type { FromSlave, Hello } from '@piw/wire/slave-protocol';
import { Turns } from '@piw/wire/turns';
import { acquaint, type Meeting } from './acquaint.ts';
import { begun } from './build-picture.ts';
import type { Sessions } from './sessions.ts';
import { Slave } from './slave.ts';
import { SlaveRoom } from './slave-room.ts';

/** How often a stranger is asked who it is. */
const askEveryMs = 1000;
/** How many strangers are remembered for that. */
const strangersRemembered = 10_000;
/** What is told in the log of slaves that aren't taken, in a minute: of one of them, and of all. */
const toldPerMinute = [1, 20] as const;

/**
 * How many HELLOs of one owner (whoever has a key may have many slaves) are looked up at a time, how many wait, how many are looked up
 * one after the other, as when a master has started, and how many in a second then.
 */
const [lookUpsAtOnce, lookUpsWaiting, mostLookUps, lookUpsPerSecond] = [4, 1000, 1000, 50];

/** Where slaves come in: strangers are asked who they are, and a HELLO is looked up, one at a time for each peer. */
export class Reception {
  readonly #sessions: Sessions;
  /** Peers whose HELLO waits to be looked up or is being looked up, with the one that came since. */
  readonly #meeting = new Map<string, Hello | null>();
  readonly #allowance = new Allowance(mostLookUps, lookUpsPerSecond);
  readonly #turns = new Turns({
    ...{ atOnce: lookUpsAtOnce, mostWaiting: lookUpsWaiting, allowances: [this.#allowance] },
  });
  readonly #askedMs = new Map<string, number>();
  readonly #room: SlaveRoom;
  readonly #told = toldPerMinute.map((amount) => new Ration(amount, 60_000));

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#room = new SlaveRoom(sessions);
  }

  /** HELLO: READY doesn't stand any more, and who it is comes back from the database. */
  greet(peer: string, hello: Hello): void {
    const slave = this.#sessions.registry.byPeer(peer);
    if (slave) this.#sessions.deliver(slave, { type: 'HELLO', n: hello.n, instance: hello.instance });
    const isExpected = this.#meeting.has(peer);
    const kept = this.#room.keep(hello, this.#meeting.values());
    if (!kept) return;
    this.#meeting.set(peer, kept);
    if (!isExpected) this.#expect(peer, hello.owner);
  }

  /** The latest HELLO of a peer is looked up when its owner has a turn. */
  #expect(peer: string, owner: string): void {
    const { errands } = this.#sessions;
    const meet = () => {
      this.#allowance.spend(owner, 1);
      return new Promise<void>((done) => errands.start(() => this.#meet(peer, owner).finally(done)));
    };
    if (!this.#turns.take(owner, meet)) this.#meeting.delete(peer);
  }

  /** Nobody is looked up any more: who waits comes again to the next master. */
  close(): void {
    this.#turns.clear();
  }

  /** Something else from a peer that nobody knows. */
  ask(peer: string, about: FromSlave['type']): void {
    const nowMs = this.#sessions.premises.now();
    const isRecent = Math.abs(nowMs - (this.#askedMs.get(peer) ?? 0)) < askEveryMs;
    if (about === 'BYE' || isRecent || this.#meeting.has(peer)) return;
    if (this.#askedMs.size >= strangersRemembered) this.#askedMs.clear();
    this.#askedMs.set(peer, nowMs);
    this.#sessions.send(peer, { type: 'WHO', body: {} });
  }

  /** One that came while another was looked up has a turn of its own. */
  async #meet(peer: string, owner: string): Promise<void> {
    const hello = this.#meeting.get(peer);
    if (!hello) return;
    this.#meeting.set(peer, null);
    const meeting = await this.#lookUp(hello);
    if (meeting && this.#sessions.letIn(peer, hello.owner)) this.#admit(peer, hello, this.#refusal(hello) ?? meeting);
    if (this.#meeting.get(peer)) this.#expect(peer, owner);
    else this.#meeting.delete(peer);
  }

  /** Undefined where the database can't tell: the slave says HELLO again. */
  async #lookUp(hello: Hello): Promise<Meeting | undefined> {
    const { premises, book } = this.#sessions;
    const refusal = this.#refusal(hello);
    if (refusal) return refusal;
    const full = this.#room.refusal(hello);
    if (full !== undefined) return { refused: full };
    try {
      return await acquaint(premises, book, hello);
    } catch (error) {
      const isAway = isConnectionError(error);
      if (this.#mayTell(hello))
        premises.log.warn(
          isAway ? {} : { err: error },
          `the HELLO of ${hello.label} can't be looked up: ${String(error)}`,
        );
      return undefined;
    }
  }

  /** Slaves don't fill the log, however often they come, and under however many labels. */
  #mayTell({ label }: Hello): boolean {
    const [one, all] = this.#told;
    return one!.take(label) && all!.take('');
  }

  /** Asked again after the database was: another may have come meanwhile. */
  #refusal({ label, ...hello }: Hello): Meeting | undefined {
    const known = this.#sessions.registry.byLabel(label);
    return known && isReplaced(known, hello)
      ? { refused: `Another slave has taken over the label ${label}.` }
      : undefined;
  }

  #admit(peer: string, hello: Hello, meeting: Meeting): void {
    const { premises, registry, logs, recentEnds, send } = this.#sessions;
    if ('refused' in meeting) {
      if (this.#mayTell(hello)) premises.log.warn(`${hello.label} on ${hello.host} is refused: ${meeting.refused}`);
      send(peer, { type: 'REFUSED', body: { reason: meeting.refused } });
      return;
    }
    const { acquaintance, leased, reopened, pause, quarantine } = meeting;
    if (leased && reopened) premises.bulletin.emit('began', begun(leased, hello.label));
    const nowMs = premises.now();
    const known = registry.byId(acquaintance.slaveId);
    const slave = known ?? new Slave(peer, hello, acquaintance, nowMs, recentEnds.of(acquaintance.slaveId, nowMs));
    if (known && known.hello.instance === hello.instance && hello.n < known.session.standing.n) return;
    slave.noteInstance(hello, nowMs);
    Object.assign(slave, { hello, acquaintance, heardMs: nowMs, vitals: hello.vitals });
    const former = registry.byPeer(peer);
    if (former && former !== slave) this.#sessions.deliver(former, { type: 'BYE' });
    registry.seat(slave, peer);
    const { n, instance, holds } = hello;
    const logBytes = holds ? logs.length(holds.attempt) : 0;
    this.#sessions.deliver(slave, { type: 'MET', n, instance, holds, leased, logBytes, pause, quarantine });
  }
}

/** Of two slaves that run under one label the later one has it, as long as it is there. */
const isReplaced = ({ replaced, session }: Slave, { instance }: Pick<Hello, 'instance'>): boolean =>
  replaced.includes(instance) && session.state.phase !== 'absent';
