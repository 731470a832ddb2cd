import type { MessageLike } from 'zeromq';

/**
 * Hands a message over at once or drops it; resolves with which, never rejects. For sockets whose `sendTimeout` is 0: their sends
 * don't wait, so one may follow another without a queue.
 */
export async function sendAtOnce(
  socket: { send(parts: MessageLike[]): Promise<void> },
  parts: MessageLike[],
): Promise<boolean> {
  try {
    await socket.send(parts);
    return true;
  } catch {
    return false; // EAGAIN: full. EHOSTUNREACH: gone. EBADF: closed.
  }
}
