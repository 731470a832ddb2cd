import { UsageError } from '@piw/host/operator-error';
import { isThisMachine } from '@piw/wire/keys/gate-address';

const anywhere = /^tcp:\/\/(?:\*|0\.0\.0\.0|\[::\]):(\d+|\*)$/;

/**
 * Where a master without keys listens: whoever could reach it would be let in, so that is this machine alone. "Everywhere"
 * becomes both loopbacks; throws a UsageError for any other address of the network.
 */
export function withoutKeys(address: string): string {
  const [, port] = anywhere.exec(address) ?? [];
  if (port !== undefined) return `tcp://localhost:${port}`;
  if (isThisMachine(address)) return address;
  throw new UsageError(
    `Without keys, nobody but this machine may reach the master, and ${address} is no address of its own.`,
    'Make it a key with "piw-keys make FILE" and give that with --key-file; or listen on tcp://localhost:PORT or ipc://PATH.',
  );
}
