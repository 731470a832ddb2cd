import { ChunkFrame } from '@piw/wire/chunk-frame';
import { chunksInFlight } from '@piw/wire/file-protocol';

interface Place {
  readonly frame: ChunkFrame;
  /** The master has its chunk once it has all bytes before this. */
  endsAt: number;
}

/**
 * The eight frames of a transfer. A frame is filled again when the master has what it held, so that sending takes no new memory, the giving back
 * of which is dear. A repeated ticket's are not: of its chunks the master may have an earlier copy, while the frame still waits in the socket.
 */
export class ChunkWindow {
  readonly #places: (Place | undefined)[] = [];
  readonly #ticket: Uint8Array;
  readonly #mostBytes: number;
  readonly #isRepeated: boolean;
  #turn = 0;

  constructor(ticket: Uint8Array, mostBytes: number, isRepeated: boolean) {
    this.#ticket = ticket;
    this.#mostBytes = Math.max(mostBytes, 0);
    this.#isRepeated = isRepeated;
  }

  /** Whether another chunk may go, where the master has so many bytes. */
  hasRoom(gotBytes: number): boolean {
    return (this.#places[this.#turn]?.endsAt ?? 0) <= gotBytes;
  }

  /** The frame for the next chunk. */
  next(): ChunkFrame {
    const former = this.#isRepeated ? undefined : this.#places[this.#turn]?.frame;
    const frame = former ?? new ChunkFrame(this.#ticket, this.#mostBytes);
    this.#places[this.#turn] = { frame, endsAt: 0 };
    return frame;
  }

  /** That chunk is on its way, and ends there in its file. */
  sent(endsAt: number): void {
    this.#places[this.#turn]!.endsAt = endsAt;
    this.#turn = (this.#turn + 1) % chunksInFlight;
  }
}
