import type { MessageLike } from 'zeromq';

/**
 * Hands a message over at once or drops it; resolves with which, never rejects. For sockets whose `sendTimeout` is 0: their sends
 * don't wait, so one may follow another without a queue.
 */
export async function sendAtOnce<To extends object[]>(
  socket: { send(parts: MessageLike[], ...to: To): Promise<void> },
  parts: MessageLike[],
  ...to: To
): Promise<boolean> {
  try {
    await socket.send(parts, ...to);
    return true;
  } catch {
    return false; // EAGAIN: full. EHOSTUNREACH: gone. EBADF: closed.
  }
}
