/** What every socket of ours has in common: IPv6, nothing outlives its close by more than a second, dead peers are noticed. */
export const everySocket = {
  ipv6: true,
  linger: 1000,
  heartbeatInterval: 10_000,
  heartbeatTimeout: 30_000,
  heartbeatTimeToLive: 30_000,
};

/** For those that listen: a peer that can't take a message at once doesn't get it. */
export const everyBound = { sendTimeout: 0, backlog: 1024 };

/** For those that dial: they try again for ever, less and less often. */
export const everyDialled = { reconnectInterval: 100, reconnectMaxInterval: 5000 };

/** The largest message of a stranger, the largest from the master, in bytes. */
export const strangersMaxBytes = 2 << 20;
export const mastersMaxBytes = 64 << 20;
