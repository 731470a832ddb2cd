import type { Vitals } from '@piw/wire/vocabulary';
import type { Heartbeat } from '../bulletin.ts';
import type { News } from './ledger.ts';

/** Signs of life between two frames; of each slave the latest counts. */
export class Pulse {
  readonly #slaves = new Map<number, Heartbeat>();
  #master: Vitals | null = null;

  readonly note = (heartbeat: Heartbeat): void => {
    this.#slaves.set(heartbeat.slave, heartbeat);
  };

  noteMaster(vitals: Vitals): void {
    this.#master = vitals;
  }

  /** What came since the last frame; undefined where nothing did. */
  take(): News | undefined {
    if (this.#slaves.size === 0 && !this.#master) return undefined;
    const body = { master: this.#master, slaves: [...this.#slaves.values()] };
    this.#slaves.clear();
    this.#master = null;
    return { type: 'VITALS', body };
  }
}
