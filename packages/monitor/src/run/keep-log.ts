import type { ControlClient } from '@piw/wire/control-client';
import { followLog } from '@piw/wire/log-feed';
import { emptyLog, logWith } from '../state/log-text.ts';
import { viewAt } from '../views/views.ts';
import type { Store } from './store.ts';

const batchMs = 100;

/** Follows the log that the place where the operator is shows, and no other. */
export class LogKeeper {
  readonly #store: Store;
  readonly #control: ControlClient;
  readonly #statusAddress: string;
  #attempt: number | null = null;
  #stop = new AbortController();

  constructor(store: Store, control: ControlClient, statusAddress: string) {
    this.#store = store;
    this.#control = control;
    this.#statusAddress = statusAddress;
  }

  /** Changes to the log that is wanted now. One that was read stays when its build is over, until there is another. */
  look(): void {
    const monitor = this.#store.get();
    const view = viewAt(monitor.place);
    const wanted = view.kind === 'page' && view.attempt ? view.attempt(monitor) : null;
    const isRead = monitor.log !== null && view.kind === 'page' && view.attempt !== undefined;
    if (wanted === this.#attempt || (wanted === null && isRead)) return;
    this.close();
    this.#attempt = wanted;
    if (wanted === null) return;
    this.#stop = new AbortController();
    void this.#follow(wanted, this.#stop.signal);
  }

  close(): void {
    this.#stop.abort();
    this.#attempt = null;
  }

  /** Pieces that come close together are shown together. */
  async #follow(attempt: number, signal: AbortSignal): Promise<void> {
    let log = emptyLog(attempt);
    let shownMs = 0;
    const decoder = new TextDecoder();
    const show = (): void => this.#store.dispatch({ type: 'LOG', log });
    show();
    let timer: NodeJS.Timeout | undefined;
    const showSoon = (): void => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          shownMs = Date.now();
          if (!signal.aborted) show();
        },
        Math.max(0, shownMs + batchMs - Date.now()),
      );
    };
    try {
      const options = { statusAddress: this.#statusAddress, control: this.#control, attempt };
      for await (const { bytes, ended, isLive } of followLog(options, signal)) {
        const text = decoder.decode(bytes, { stream: !ended });
        log = logWith(log, { text, bytes: bytes.length, ended }, isLive ? Date.now() : null);
        showSoon();
      }
    } catch (error) {
      log = { ...log, trouble: (error as Error).message };
      if (!signal.aborted) showSoon();
    }
  }
}
