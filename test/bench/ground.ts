import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, printFigure } from './figure.ts';

/** What a bench stands on: a folder of its own, and somebody who ends in the right order all that it began. */
export class Ground {
  readonly dir: string;
  /** The size of the work as a part of what is promised; 1 but for a quick look. */
  readonly scale: number;
  readonly #ends: (() => Promise<unknown>)[] = [];

  /** Makes the folder, with a path short enough for sockets in it. */
  static async prepare(scale: number): Promise<Ground> {
    return new Ground(await mkdtemp(join(tmpdir(), 'piw-bench-')), scale);
  }

  private constructor(dir: string, scale: number) {
    this.dir = dir;
    this.scale = scale;
  }

  /** So much of what is promised, at least one. */
  scaled(whole: number): number {
    return Math.max(1, Math.round(whole * this.scale));
  }

  /** What was begun is ended when the bench is over, the latest first, however that comes about. */
  later(end: () => Promise<unknown>): void {
    this.#ends.push(end);
  }

  /** Prints what was measured. */
  tell(figure: Figure): void {
    printFigure(this.scale === 1 ? figure : { ...figure, scale: this.scale });
  }

  /** Says on standard error what is being done: standard output has figures alone. */
  say(line: string): void {
    process.stderr.write(`${line}\n`);
  }

  async clear(): Promise<void> {
    for (let end = this.#ends.pop(); end; end = this.#ends.pop())
      await end().catch((error: unknown) => this.say(`not ended: ${String(error)}`));
    await rm(this.dir, { recursive: true, force: true, maxRetries: 5 });
  }
}
