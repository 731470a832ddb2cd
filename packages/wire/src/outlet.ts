import type { MessageLike } from 'zeromq';

/** A socket's sending half; `sendTimeout` in ms. */
export interface Sender {
  sendTimeout: number;
  send(parts: MessageLike[]): Promise<void>;
}

/** A socket, as far as its sending half goes. */
export type SendingSocket = Sender & { readonly closed: boolean };

/** A sending half that is there only while somebody hears what is sent: until then each send waits, as long as it may. */
export class Outlet implements Sender {
  sendTimeout = 0;
  #socket: SendingSocket | undefined;
  #lead: readonly Uint8Array[] = [];
  #ended = false;
  readonly #wakes = new Set<() => void>();

  /** What is sent goes here from now on, each message with a frame of these bytes before it, where there are any. */
  open(socket: SendingSocket, lead?: Uint8Array): void {
    this.#socket = socket;
    this.#lead = lead ? [lead] : [];
    this.#wake();
  }

  /** Whether it was open. */
  shut(): boolean {
    const wasOpen = this.#socket !== undefined;
    this.#socket = undefined;
    return wasOpen;
  }

  /** Nothing is sent any more. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /**
   * Rejects with EAGAIN where nobody took it in time, with another error after `end`. Where it had to wait until somebody was there it
   * rejects, too: whoever sends may not want that any more.
   */
  async send(parts: MessageLike[]): Promise<void> {
    const socket = this.#live();
    if (!socket) await this.#opening();
    if (this.#ended) throw new Error('closed');
    if (!socket) throw again();
    socket.sendTimeout = this.sendTimeout;
    try {
      await socket.send([...this.#lead, ...parts]);
    } catch (error) {
      throw socket.closed ? again() : error;
    }
  }

  readonly #live = (): SendingSocket | undefined => (this.#socket?.closed ? undefined : this.#socket);

  #wake(): void {
    for (const wake of this.#wakes) wake();
  }

  #opening(): Promise<void> {
    return new Promise((resolve) => {
      const settle = (): void => {
        clearTimeout(timer);
        this.#wakes.delete(settle);
        resolve();
      };
      const timer = setTimeout(settle, this.sendTimeout);
      this.#wakes.add(settle);
    });
  }
}

const again = (): Error => Object.assign(new Error('nobody hears it yet'), { code: 'EAGAIN' });
