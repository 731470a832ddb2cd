import { UsageError } from '@piw/host/operator-error';

const anywhere = /^tcp:\/\/(?:\*|0\.0\.0\.0|\[::\]):(\d+|\*)$/;
const thisMachine = /^(?:ipc:\/\/|inproc:\/\/|tcp:\/\/(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]):)/;

/**
 * Where a master without keys listens: whoever could reach it would be let in, so that is this machine alone. "Everywhere"
 * becomes both loopbacks; throws a UsageError for any other address of the network.
 */
export function withoutKeys(address: string): string {
  const [, port] = anywhere.exec(address) ?? [];
  if (port !== undefined) return `tcp://localhost:${port}`;
  if (thisMachine.test(address)) return address;
  throw new UsageError(
    `Without keys, nobody but this machine may reach the master, and ${address} is no address of its own.`,
    'Listen on tcp://localhost:PORT or ipc://PATH.',
  );
}
