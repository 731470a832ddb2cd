import type { Socket } from 'zeromq';
import { AddressError } from './address-error.ts';

/** Starts dialling an address, and closes the socket where that is none: an AddressError says why. Nobody need be there yet. */
export function connect(socket: Socket, address: string): void {
  try {
    socket.connect(address);
  } catch (cause) {
    socket.close();
    throw new AddressError(
      (cause as NodeJS.ErrnoException).code === 'ENAMETOOLONG'
        ? `${address} is too long: a socket's path has 107 bytes at most.`
        : `${address} is not an address.`,
      'An address is like tcp://host:5555, tcp://[1234:abcd::1]:5555 or ipc:///run/piwheels/piw-control.',
      { cause },
    );
  }
}
