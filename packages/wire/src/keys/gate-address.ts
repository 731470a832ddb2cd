/** Whether connections to an address need keys: where a socket's file says who may use it, they don't. */
export const needsKeys = (address: string): boolean => address.startsWith('tcp://');

/** Whether an address is one that only this machine reaches. */
export const isThisMachine = (address: string): boolean =>
  /^(?:ipc:\/\/|inproc:\/\/|tcp:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]):)/.test(address);
