import { keepRunning } from './keep-running.ts';
import { type Program, type ProgramOrder, type ProgramWorld, startProgram } from './program.ts';

/** Programs that run together until they are told to stop, each started again when it fails. */
export class Crew {
  readonly #world: ProgramWorld & { say(line: string): void };
  readonly #stop = new AbortController();
  readonly #running: Promise<void>[] = [];

  constructor(world: ProgramWorld & { say(line: string): void }) {
    this.#world = world;
  }

  /** Starts one. Resolves, with what `up` brings, when it is up; throws where it ends or fails before that. */
  async start<T>(order: ProgramOrder, up: (program: Program) => Promise<T>): Promise<T> {
    const program = await startProgram(order, this.#world);
    const brought = await up(program).catch(async (error: unknown) => {
      await program.stop();
      throw error;
    });
    this.#running.push(keepRunning(order, this.#world, this.#stop.signal, program));
    return brought;
  }

  /** Resolves when all have ended by themselves in good order. */
  async ended(): Promise<void> {
    await Promise.all(this.#running);
  }

  /** Stops all of them at once; resolves when they are gone. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await Promise.all(this.#running);
  }
}
