import { formatDuration } from '@piw/host/duration';
import type { Step } from '@piw/wire/vocabulary';
import type { BuildWorld } from './build-order.ts';
import { oneLine } from './one-line.ts';

/** What a step has to say for itself beside its result. */
export interface StepEnd<Result> {
  readonly result: Result;
  readonly outcome?: 'passed' | 'not-checked' | 'skipped';
  readonly note?: string;
}

/** What a ledger has of its world; `words` makes of a note what everybody may read. */
type LedgerWorld = Pick<BuildWorld, 'log' | 'now' | 'onStep'> & { readonly words: (text: string) => string };

/** The steps of one attempt, each with its section in the log, its time and its part of the outcome (DESIGN §8). */
export class StepLedger {
  readonly steps: Step[] = [];
  readonly #world: LedgerWorld;

  readonly #prefix: string;

  /** `prefix` comes before the names of its sections: `cffi: `, where that is built for another's sake. */
  constructor(world: LedgerWorld, prefix = '') {
    this.#world = world;
    this.#prefix = prefix;
  }

  /** Runs a step; what it throws is thrown on, noted as the step's failure. */
  async run<Result>(name: string, work: () => Promise<StepEnd<Result>>): Promise<Result> {
    const index = this.steps.length;
    const startedMs = this.#world.now();
    this.#world.log.section(`${this.#prefix}${name}`);
    this.#note(index, { name, startedMs, durationMs: null, outcome: 'running', note: null });
    const end = (outcome: Step['outcome'], note: string | null): void => {
      const durationMs = Math.max(0, this.#world.now() - startedMs);
      const told = note === null ? null : oneLine(this.#world.words(note), 2000);
      this.#note(index, { name, startedMs, durationMs, outcome, note: told });
    };
    try {
      const { result, outcome = 'passed', note = null } = await work();
      end(outcome, note);
      this.#world.log.write(`-- ${name} ${outcome}${note === null ? '' : `: ${note}`}${this.#duration(index)}\n`);
      return result;
    } catch (error) {
      end('failed', error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  #note(index: number, step: Step): void {
    this.steps[index] = step;
    this.#world.onStep(step);
  }

  #duration(index: number): string {
    return ` (${formatDuration(this.steps[index]?.durationMs ?? 0)})`;
  }
}
