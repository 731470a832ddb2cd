/** Whether connections to an address need keys: where a socket's file says who may use it, they don't. */
export const needsKeys = (address: string): boolean => address.startsWith('tcp://');
