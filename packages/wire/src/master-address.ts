import { isIPv6 } from 'node:net';
import { AddressError } from './address-error.ts';

/** Where a master's slave queue and file queue are dialled. */
export interface MasterAddress {
  readonly slaveQueue: string;
  readonly fileQueue: string;
}

/** The slave queue's port where none is given; the file queue's is the next one. */
export const slavePort = 5555;

/** The names of the sockets that a master has for slaves of its own machine, in its run directory. */
export const localQueues = { slaveQueue: 'piw-slaves', fileQueue: 'piw-files' } as const;

/**
 * A master as people write it: `host`, `host:5555`, `1234:abcd::1`, `[1234:abcd::1]:5555`, `tcp://…`; the port is the slave queue's,
 * and the file queue's is one above. On its own machine also `ipc://` and its run directory. Throws an AddressError where the text is
 * none of these.
 */
export function parseMaster(text: string): MasterAddress {
  const [, runDir] = /^ipc:\/\/(\/.+?)\/*$/.exec(text.trim()) ?? [];
  if (runDir !== undefined) return local(runDir);
  const { host, port } = hostAndPort(text.trim().replace(/^tcp:\/\//, '')) ?? refuse(text);
  return { slaveQueue: `tcp://${host}:${port}`, fileQueue: `tcp://${host}:${port + 1}` };
}

const local = (runDir: string): MasterAddress => ({
  slaveQueue: `ipc://${runDir}/${localQueues.slaveQueue}`,
  fileQueue: `ipc://${runDir}/${localQueues.fileQueue}`,
});

/** Several masters, `A,B`, of which one is active; each once. */
export function parseMasters(text: string): MasterAddress[] {
  const masters = text.split(',').map(parseMaster);
  return [...new Map(masters.map((master) => [master.slaveQueue, master])).values()];
}

function hostAndPort(text: string): { host: string; port: number } | undefined {
  if (isIPv6(text)) return { host: `[${text}]`, port: slavePort };
  const [, address, name, digits] = /^(?:\[([^\]]+)\]|([a-z0-9._-]{1,253}))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const port = digits === undefined ? slavePort : Number(digits);
  if (port < 1 || port > 65_534) return undefined;
  if (address !== undefined) return isIPv6(address) ? { host: `[${address}]`, port } : undefined;
  return name === undefined ? undefined : { host: name.toLowerCase() === 'localhost' ? loopback : name, port };
}

/** A name is dialled at its first address, which for localhost is often ::1; a master that listens on IPv4 alone would be missed. */
const loopback = '127.0.0.1';

function refuse(text: string): never {
  throw new AddressError(
    `"${text}" is not the address of a master.`,
    'Write it as host, host:5555, 1234:abcd::1 or [1234:abcd::1]:5555; on its own machine also ipc:// and its run directory.',
  );
}
