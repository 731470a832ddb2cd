/** What every socket of ours has in common: IPv6, and nothing outlives its close by more than a second. */
export const everySocket = { ipv6: true, linger: 1000 };

/**
 * For those that listen: a peer that can't take a message at once doesn't get it, and a connection that after five seconds hasn't shown
 * its key goes (that takes two ways there and back, and 3 ms of work on a desk, 100 on the slowest board). They never ask whether a peer lives: libzmq ends the process ("Assertion failed: !_io_error") where
 * it is about to ask one that hung up while more of it waited to be read than may. Those that dial ask, and are believed dead when they
 * no longer do; those that don't, and vanish, TCP notices after a minute. A connection whose other end takes nothing for half a minute is cut: until
 * then what was said to it is kept.
 */
export const everyBound = {
  ...{ sendTimeout: 0, backlog: 1024, handshakeInterval: 5000 },
  ...{ tcpKeepalive: 1, tcpKeepaliveIdle: 30, tcpKeepaliveInterval: 10, tcpKeepaliveCount: 3 },
  tcpMaxRetransmitTimeout: 30_000,
};

/** For those that dial: they try again for ever, less and less often; each end notices where the other is dead. */
export const everyDialled = {
  ...{ reconnectInterval: 100, reconnectMaxInterval: 5000 },
  ...{ heartbeatInterval: 10_000, heartbeatTimeout: 30_000, heartbeatTimeToLive: 30_000 },
};

/** The largest message of a stranger, the largest from the master, in bytes. */
export const strangersMaxBytes = 2 << 20;
export const mastersMaxBytes = 64 << 20;
