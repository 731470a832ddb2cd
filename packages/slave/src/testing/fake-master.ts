import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { AddressError } from '@piw/wire/address-error';
import { fromSender, toSender } from '@piw/wire/file-protocol';
import { type Listener, listen } from '@piw/wire/listener';
import { localQueues } from '@piw/wire/master-address';
import { type Build, type FromSlave, fromSlave, type Hello, type ToSlave, toSlave } from '@piw/wire/slave-protocol';

type SlaveQueue = Listener<typeof fromSlave, typeof toSlave>;
type FileQueue = Listener<typeof fromSender, typeof toSender>;
type Message<T extends FromSlave['type']> = Extract<FromSlave, { type: T }>;

/** What a test's master has beside its sockets; another one can be given them, as a database would. */
export interface Papers {
  readonly epoch: number;
  /** The logs, by attempt, as far as they came. */
  readonly logs: Map<number, Buffer>;
}

/**
 * One end of real sockets in a run directory that answers what any master answers (HELLO, ALIVE, LOG, CHUNK), and says beside it only
 * what a test tells it to. For one slave.
 */
export class FakeMaster {
  readonly #slaves: SlaveQueue;
  readonly #files: FileQueue;
  readonly #papers: Papers;
  readonly #inbox: FromSlave[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #listening: Promise<unknown>;
  readonly #incoming = new Map<string, { readonly pieces: Buffer[]; heldBytes: number }>();
  #slave: { readonly peer: string; readonly hello: Hello } | undefined;
  /** Said to whoever comes, in place of WELCOME. */
  refusal: string | null = null;
  /** Whether LOG is kept and acknowledged. */
  keepsLogs = true;

  static async open(runDir: string, papers: Papers = { epoch: 1, logs: new Map() }): Promise<FakeMaster> {
    const [slaves, files] = [`ipc://${runDir}/${localQueues.slaveQueue}`, `ipc://${runDir}/${localQueues.fileQueue}`];
    return new FakeMaster(
      await whenFree(() => listen({ address: slaves, hears: fromSlave, says: toSlave })),
      await whenFree(() => listen({ address: files, hears: fromSender, says: toSender })),
      papers,
    );
  }

  private constructor(slaves: SlaveQueue, files: FileQueue, papers: Papers) {
    this.#slaves = slaves;
    this.#files = files;
    this.#papers = papers;
    this.#listening = Promise.all([this.#listen(), this.#takeChunks()]);
  }

  /** The next message of the type, past or to come, that fits. */
  async hear<T extends FromSlave['type']>(
    type: T,
    fits: (body: Message<T>['body']) => boolean = () => true,
  ): Promise<Message<T>['body']> {
    const isIt = (one: FromSlave): one is Message<T> => one.type === type && fits(one.body as Message<T>['body']);
    let index = -1;
    await this.#until(() => (index = this.#inbox.findIndex(isIt)) >= 0);
    const [found] = this.#inbox.splice(index, 1) as [Message<T>];
    return found.body as Message<T>['body'];
  }

  say(message: ToSlave): void {
    if (this.#slave) void this.#slaves.say(this.#slave.peer, message);
  }

  /** Orders six, for the target that the slave offered first. */
  build(attempt: number, order: Partial<Build> & { name?: string } = {}): void {
    const { hello } = this.#slave!;
    const [{ abi, platform } = { abi: 'cp311', platform: 'linux_x86_64' }] = hello.targets;
    const { name = 'six', ...rest } = order;
    const body: Build = {
      ...{ n: hello.n, attempt, package: packageName.parse(name), version: version.parse('1.0') },
      ...{ target: { abi, platform }, recipe: {}, limits: hello.limits, buildTag: null },
      ...{ indexUrl: null, farmIndexUrl: null, uploadedMs: null },
      ...rest,
    };
    this.say({ type: 'BUILD', body });
  }

  log(attempt: number): Buffer {
    return this.#papers.logs.get(attempt) ?? Buffer.alloc(0);
  }

  /** Has a file sent from an offset on, until all its bytes are here. */
  async fetch(attempt: number, filename: string, sizeBytes: number, offset = 0): Promise<Buffer> {
    const ticket = randomBytes(16);
    const incoming = { pieces: [], heldBytes: offset };
    this.#incoming.set(ticket.toString('hex'), incoming);
    this.say({ type: 'SEND', body: { attempt, filename, offset, ticket } });
    await this.#until(() => incoming.heldBytes >= sizeBytes);
    return Buffer.concat(incoming.pieces);
  }

  /** Closes the sockets; what a master knows is in its papers. */
  async close(): Promise<Papers> {
    this.#slaves.close();
    this.#files.close();
    await this.#listening;
    return { epoch: this.#papers.epoch + 1, logs: this.#papers.logs };
  }

  async #listen(): Promise<void> {
    for await (const { peer, message } of this.#slaves) {
      if (message.type === 'HELLO') this.#slave = { peer, hello: message.body };
      if (this.#slave?.peer === peer) this.#answer(message);
      else void this.#slaves.say(peer, { type: 'WHO', body: {} });
      this.#inbox.push(message);
      for (const look of [...this.#waiting]) look();
    }
  }

  #answer(message: FromSlave): void {
    if (message.type === 'HELLO') this.#welcome(message.body);
    else if (message.type === 'LOG') this.#keep(message.body);
    else if (message.type === 'ALIVE') this.#acknowledge(message.body.attempt);
  }

  #welcome({ n, holds }: Hello): void {
    if (this.refusal !== null) return this.say({ type: 'REFUSED', body: { reason: this.refusal } });
    const logOffset = holds ? this.log(holds.attempt).length : 0;
    const { epoch } = this.#papers;
    const verdict = holds ? 'go-on' : null;
    this.say({ type: 'WELCOME', body: { n, slave: 1, epoch, logOffset, verdict, watched: true } });
  }

  #keep({ attempt, offset, bytes }: Message<'LOG'>['body']): void {
    const kept = this.log(attempt);
    if (this.keepsLogs && offset === kept.length) this.#papers.logs.set(attempt, Buffer.concat([kept, bytes]));
    this.#acknowledge(attempt);
  }

  #acknowledge(attempt: number | null): void {
    const logOffset = attempt === null ? 0 : this.log(attempt).length;
    const { epoch } = this.#papers;
    this.say({ type: 'HEARD', body: { epoch, attempt, logOffset, watched: true, paused: null } });
  }

  async #takeChunks(): Promise<void> {
    for await (const { peer, message } of this.#files) {
      const { ticket, offset, bytes } = message.body;
      const incoming = this.#incoming.get(Buffer.from(ticket).toString('hex'));
      if (!incoming || offset !== incoming.heldBytes) continue;
      incoming.pieces.push(Buffer.from(bytes));
      incoming.heldBytes += bytes.length;
      void this.#files.say(peer, { type: 'GOT', body: { ticket, offset: incoming.heldBytes } });
      for (const look of [...this.#waiting]) look();
    }
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
}

/** An address that a master of this process has closed is free a moment later. */
async function whenFree<T>(bind: () => Promise<T>): Promise<T> {
  for (const deadline = performance.now() + 5_000; ; ) {
    try {
      return await bind();
    } catch (error) {
      if (!(error instanceof AddressError) || performance.now() > deadline) throw error;
      await delay(20);
    }
  }
}
