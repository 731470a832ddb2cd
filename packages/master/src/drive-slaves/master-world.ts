import { setTimeout as pause } from 'node:timers/promises';
import type { NewFile } from '@piw/db/publish-files';
import { nobodysFault, type Outcome } from '@piw/wheel/outcome';
import type { ToSlave } from '@piw/wire/slave-protocol';
import { ended as endedPicture } from './build-picture.ts';
import { type Ending, lostByDisk } from './ending.ts';
import type { World } from './perform.ts';
import { LostByDisk, type Sound } from './received.ts';
import type { Effect } from './session.ts';
import type { Household, Sessions } from './sessions.ts';
import type { Slave } from './slave.ts';

/** Quarantine, as the slave is told why no work comes. */
const quarantinePause = ({ session: { standing } }: Slave) =>
  standing.quarantine && { by: 'the master', sinceMs: standing.quarantine.sinceMs, why: standing.quarantine.why };

const tellsNothing: ReadonlySet<Outcome> = new Set(nobodysFault);

/** What a master's session can do to the world, done. */
export class MasterWorld implements World {
  readonly #household: Household;
  readonly #sessions: Sessions;

  constructor(household: Household, sessions: Sessions) {
    this.#household = household;
    this.#sessions = sessions;
  }

  say(slave: Slave, message: ToSlave): void {
    this.#household.send(slave.peer, message);
  }

  hear(slave: Slave, attempt: number | null): void {
    const { premises, logs } = this.#household;
    const { watched, farmPause } = this.#sessions;
    this.say(slave, {
      type: 'HEARD',
      body: {
        epoch: premises.epoch,
        attempt,
        logOffset: attempt === null ? 0 : logs.length(attempt),
        watched: attempt !== null && watched.has(attempt),
        paused: slave.session.standing.pause ?? farmPause ?? quarantinePause(slave),
      },
    });
  }

  welcome(slave: Slave, { n, verdict, attempt }: Extract<Effect, { do: 'welcome' }>): void {
    const { premises, logs } = this.#household;
    const { watched } = this.#sessions;
    const logOffset = attempt !== null && verdict === 'go-on' ? logs.length(attempt) : 0;
    const body = { n, slave: slave.slaveId, epoch: premises.epoch, logOffset, verdict };
    this.say(slave, { type: 'WELCOME', body: { ...body, watched: attempt !== null && watched.has(attempt) } });
  }

  append({ attempt, offset, bytes }: Extract<Effect, { do: 'append' }>): number {
    const { logs, premises } = this.#household;
    const before = logs.length(attempt);
    const after = logs.append(attempt, offset, bytes);
    if (after > before) {
      const news = bytes.subarray(before - offset, after - offset);
      premises.bulletin.emit('log', { attempt, offset: before, bytes: news, ended: false });
    }
    return after;
  }

  receive(slave: Slave, { task, file }: Extract<Effect, { do: 'receive' }>): void {
    const { files, book } = this.#household;
    const sessions = this.#sessions;
    const { attempt, package: name, version, targetId } = task;
    const { filename, sizeBytes, sha256 } = file;
    const expected = { filename, package: name, version, tags: book.tagsOf(targetId), sizeBytes, sha256 };
    const expectation = { ...expected, hasAlias: book.hasAlias(targetId) };
    const line = { say: (send: ToSlave) => this.say(slave, send) };
    sessions.errands.start(async () => {
      const arrived = await files.receive(line, attempt, file, expectation, () => sessions.moving.add(attempt));
      const received = 'facts' in arrived ? { ...arrived, file } : arrived;
      sessions.deliver(slave, { type: 'RECEIVED', attempt, filename, received });
    });
  }

  abandon(attempt: number): void {
    this.#household.files.forget(attempt);
  }

  end(slave: Slave, effect: Extract<Effect, { do: 'end' }>): void {
    this.#sessions.errands.start(() => this.#end(slave, effect));
  }

  wait(): void {
    this.#household.premises.bulletin.emit('waiting');
  }

  /** Files and log come to where they stay, then the database is told, then the slave: whatever dies between, nothing is lost. */
  async #end(slave: Slave, { task, ending, received }: Extract<Effect, { do: 'end' }>): Promise<void> {
    const { premises, logs, ends } = this.#household;
    const { attempt } = task;
    const [kept, { logBytes }] = await Promise.all([
      received.length === 0 ? { files: [] } : this.#publish(attempt, received),
      this.#untilThereIsRoom(attempt, () => logs.close(attempt)),
    ]);
    const told = await ends.end({ attempt, ...ending, logBytes, ...kept });
    const nowMs = premises.now();
    if (told?.outcome === 'success') slave.recent.note(nowMs, true);
    else if (told && !tellsNothing.has(told.outcome)) slave.recent.note(nowMs, false);
    this.#sessions.deliver(slave, { type: 'ENDED', attempt });
    if (told === null) return;
    premises.bulletin.emit('log', { attempt, offset: logBytes, bytes: new Uint8Array(), ended: true });
    premises.bulletin.emit('ended', endedPicture(task, slave.hello.label, told, nowMs));
  }

  /** What the disk loses is built once more, after a while: what the slave has is of no use to a build that is being ended. */
  async #publish(
    attempt: number,
    received: readonly Sound[],
  ): Promise<Partial<Ending> & { readonly files: NewFile[] }> {
    const { files, premises } = this.#household;
    try {
      return { files: await this.#untilThereIsRoom(attempt, () => files.publish(attempt, received)) };
    } catch (error) {
      if (!(error instanceof LostByDisk)) throw error;
      premises.log.error(error.message);
      files.forget(attempt);
      return { ...lostByDisk(error.message), files: [] };
    }
  }

  /** A full or broken disk is waited for, past the attempt's deadline if need be: the slave keeps what it built until then. */
  async #untilThereIsRoom<T>(attempt: number, work: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
        this.#sessions.moving.add(attempt);
        this.#household.premises.log.error(`what was built can't be kept, and waits: ${error.message}`);
        await pause(this.#household.premises.options.periods.renewMs, undefined, { ref: false });
      }
    }
  }
}
