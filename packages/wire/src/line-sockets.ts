import { type Message, type MessageLike, type Readable, Socket, type SocketOptions, type Writable } from 'zeromq';

/** The number that a ServerSocket gave the connection that a message comes from, or is for. */
export interface OfConnection {
  readonly routingId: number;
}

/** Options by zeromq's numbers: it gives these names to its older kinds of socket alone. */
const [sendHighWaterMark, receiveHighWaterMark, sendTimeout] = [23, 24, 28];

/** What both ends may be told of waiting. */
abstract class LineSocket extends Socket {
  get sendHighWaterMark(): number {
    return this.getInt32Option(sendHighWaterMark);
  }
  set sendHighWaterMark(messages: number) {
    this.setInt32Option(sendHighWaterMark, messages);
  }
  get receiveHighWaterMark(): number {
    return this.getInt32Option(receiveHighWaterMark);
  }
  set receiveHighWaterMark(messages: number) {
    this.setInt32Option(receiveHighWaterMark, messages);
  }
  get sendTimeout(): number {
    return this.getInt32Option(sendTimeout);
  }
  set sendTimeout(ms: number) {
    this.setInt32Option(sendTimeout, ms);
  }
}

type Sent = MessageLike | MessageLike[];

/* eslint-disable @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-unsafe-enum-assignment -- zeromq declares its own sockets so, too, and keeps the names of its kinds (12 and 13) to itself */

/**
 * The socket that many dial (SERVER, ZeroMQ RFC 41), each message one frame. It numbers connections itself and gives no number twice. A
 * ROUTER takes the names that its peers give themselves, those that it would give to others included: whoever came under the name that
 * another had before passed for that one, and whoever took the name that was next to be given ended the whole process.
 */
export class ServerSocket extends LineSocket {
  constructor(options?: SocketOptions<ServerSocket>) {
    super(12, options);
  }
}
export interface ServerSocket extends Readable<[Message, OfConnection]>, Writable<Sent, [OfConnection]> {}

/** The socket that dials a ServerSocket (CLIENT). */
export class ClientSocket extends LineSocket {
  constructor(options?: SocketOptions<ClientSocket>) {
    super(13, options);
  }
}
export interface ClientSocket extends Readable<[Message]>, Writable<Sent> {}
