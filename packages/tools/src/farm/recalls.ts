import { EventEmitter, once } from 'node:events';
import type { Board } from '@piw/wire/status-board';

/** Which slaves that are gone somebody wants back, as the master tells. */
export class Recalls {
  #labels: ReadonlySet<string> = new Set();
  readonly #news = new EventEmitter<{ change: [] }>().setMaxListeners(0);

  /** Learns from the latest picture of the farm. */
  learn({ slaves }: Pick<Board, 'slaves'>): void {
    const wanted = [...slaves.values()].filter(({ state, recalled }) => state === 'gone' && recalled);
    this.#labels = new Set(wanted.map(({ label }) => label));
    this.#news.emit('change');
  }

  /** Resolves when that slave is wanted back; rejects when the signal says stop. */
  async wanted(label: string, signal: AbortSignal): Promise<void> {
    while (!this.#labels.has(label)) await once(this.#news, 'change', { signal });
  }
}
