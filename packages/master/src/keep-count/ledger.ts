import { advanceOwn, type Board } from '@piw/wire/status-board';
import type { StatusEvent } from '@piw/wire/status-protocol';

/** An event before it has its place in the order of (epoch, n). */
export type News = {
  [K in StatusEvent['type']]: {
    readonly type: K;
    readonly body: Omit<Extract<StatusEvent, { type: K }>['body'], 'epoch' | 'n'>;
  };
}[StatusEvent['type']];

/**
 * The board as every client has it who heard all that was said. What is entered is numbered, changes the board and is said
 * at once: the board holds exactly what was said up to its n. A board that was read before is of no use any more.
 */
export class Ledger {
  #board: Board;
  readonly #say: (event: StatusEvent) => void;

  constructor(board: Board, say: (event: StatusEvent) => void) {
    this.#board = board;
    this.#say = say;
  }

  get board(): Board {
    return this.#board;
  }

  enter({ type, body }: News): void {
    const { epoch, n } = this.#board;
    const event = { type, body: { ...body, epoch, n: n + 1 } } as StatusEvent; // each News is an event but for its place
    this.#board = advanceOwn(this.#board, event);
    this.#say(event);
  }

  enterAll(news: Iterable<News>): void {
    for (const one of news) this.enter(one);
  }
}
