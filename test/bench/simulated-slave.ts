import { type Dialler, dial } from '@piw/wire/dialler';
import { type Build, fromSlave, type Hello, type ToSlave, toSlave } from '@piw/wire/slave-protocol';
import { context } from 'zeromq';
import { offerOf } from './fill-queue.ts';

/** A thousand slaves in one process, two sockets each and more while they dial. */
context.maxSockets = 10_000;

const gib = 2 ** 30;

/** A slave that does by the protocol what a real one does, but for building. */
export class SimulatedSlave {
  /** Hears of each build as it is ordered; by default it fails at once. */
  onBuild: (build: Build) => void = (build) => this.fail(build.attempt);
  /** Hears that the master has everything of an attempt. */
  onDone: () => void = () => undefined;
  readonly welcomed: Promise<void>;
  readonly #line: Dialler<typeof toSlave, typeof fromSlave>;
  readonly #hello: Omit<Hello, 'n' | 'vitals' | 'holds'>;
  readonly #log: Uint8Array;
  #n = 0;
  #attempt: number | null = null;
  #beats: (() => void)[] = [];
  #welcome: () => void = () => undefined;

  constructor(address: string, label: string, minor: number, logBytes = 4096) {
    this.#line = dial({ address, hears: toSlave, says: fromSlave, patienceMs: 30_000 });
    this.#hello = helloOf(label, minor);
    this.#log = Buffer.from(logText(label).slice(0, logBytes));
    this.welcomed = new Promise((resolve) => (this.#welcome = resolve));
    void this.#hearAll();
    this.hello();
    const again = setInterval(() => this.hello(), 5000);
    void this.welcomed.then(() => clearInterval(again));
  }

  hello(): void {
    this.#n += 1;
    void this.#line.say({ type: 'HELLO', body: { ...this.#hello, n: this.#n, holds: null, vitals: vitalsNow() } });
  }

  ready(): void {
    void this.#line.say({ type: 'READY', body: { vitals: vitalsNow() } });
  }

  /** A sign of life; resolves when it is answered. */
  beat(): Promise<void> {
    const answered = new Promise<void>((resolve) => this.#beats.push(resolve));
    const phase = this.#attempt === null ? 'idle' : 'building';
    void this.#line.say({ type: 'ALIVE', body: { vitals: vitalsNow(), attempt: this.#attempt, step: null, phase } });
    return answered;
  }

  /** Its build ends as a failure, with its whole log. */
  fail(attempt: number): void {
    const logBytes = this.#log.length;
    this.#beats.push(() => undefined); // LOG is answered by HEARD, too
    void this.#line.say({ type: 'LOG', body: { attempt, offset: 0, bytes: this.#log } });
    void this.#line.say({ type: 'BUILT', body: { attempt, outcome: 'failure', reason, steps, logBytes, files: [] } });
  }

  /** Goes away in good order. */
  close(): void {
    void this.#line.say({ type: 'BYE', body: {} }).then(() => this.#line.close());
  }

  async #hearAll(): Promise<void> {
    for await (const message of this.#line) this.#hear(message);
  }

  #hear({ type, body }: ToSlave): void {
    if (type === 'WHO') this.hello();
    else if (type === 'WELCOME') this.#welcome();
    else if (type === 'HEARD') this.#beats.shift()?.();
    else if (type === 'BUILD' && this.#attempt === null) {
      this.#attempt = body.attempt;
      this.onBuild(body);
    } else if (type === 'DONE' && body.attempt === this.#attempt) {
      this.#attempt = null;
      this.onDone();
      this.ready();
    }
  }
}

const reason = {
  kind: 'missing-header',
  subject: 'ffi.h',
  text: 'fatal error: ffi.h: No such file or directory',
} as const;
const steps = ['fetch', 'prepare', 'requires', 'build'].map((name) => ({
  ...{ name, startedMs: 1_700_000_000_000, durationMs: 1000, note: null },
  outcome: name === 'build' ? ('failed' as const) : ('passed' as const),
}));

/** What compilers say, so that it packs as logs do. */
const logText = (label: string): string =>
  Array.from(
    { length: 100 },
    (_, line) =>
      `${label}: gcc -O2 -fPIC -I/usr/include/python3 -c src/part_${line * 7919}.c -o build/part_${line}.o\n`,
  ).join('');

const vitalsNow = () => ({
  ...{ clockMs: Date.now(), upMs: 86_400_000, load: 1.5, temperatureC: 51.2, throttled: null },
  ...{ diskFreeBytes: 20 * gib, diskSizeBytes: 32 * gib, memoryFreeBytes: 3 * gib, memorySizeBytes: 4 * gib },
  ...{ swapFreeBytes: 0, swapSizeBytes: 0 },
});

const helloOf = (label: string, minor: number) => ({
  ...{ instance: '1', protocols: [1], software: '0.1.0', owner: label, label, host: label },
  targets: [offerOf(minor)],
  capabilities: { os: 'linux', cpus: 4, memory: 4 },
  limits: { timeoutMs: 3_600_000, memoryBytes: null, diskBytes: null, outputBytes: 64 * 2 ** 20 },
});
