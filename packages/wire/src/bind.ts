import { chmodSync } from 'node:fs';
import type { Socket } from 'zeromq';
import { AddressError } from './address-error.ts';
import { clearStaleSocket } from './stale-socket.ts';

const ipc = 'ipc://';
const loopback = /^tcp:\/\/localhost:(\d+)$/;

/**
 * Binds a socket and tells the address that others dial: a port 0 resolved, an ipc socket for owner and group only.
 * `tcp://localhost:…` means both loopbacks, 127.0.0.1 and (where there is one) ::1.
 * Throws an AddressError where the address is taken, not of this machine, too long or no address.
 */
export async function bind(socket: Socket, address: string): Promise<string> {
  if (loopback.test(address)) return bindLoopbacks(socket, address);
  if (address.startsWith(ipc)) await clearStaleSocket(address.slice(ipc.length));
  bindOne(socket, address);
  if (address.startsWith(ipc)) chmodSync(address.slice(ipc.length), 0o660);
  return lastAddress(socket);
}

function bindLoopbacks(socket: Socket, address: string): string {
  bindOne(socket, address.replace('localhost', '127.0.0.1'));
  const bound = lastAddress(socket);
  try {
    bindOne(socket, bound.replace('127.0.0.1', '[::1]'));
  } catch (error) {
    if (!(error instanceof AddressError && isAbsent(error.cause))) throw error;
  }
  return bound;
}

/** A machine without IPv6 has no ::1. */
const isAbsent = (cause: unknown): boolean =>
  ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'ENODEV'].includes((cause as NodeJS.ErrnoException).code ?? '');

function bindOne(socket: Socket, address: string): void {
  try {
    socket.bindSync(address);
  } catch (cause) {
    throw bindError(address, cause as NodeJS.ErrnoException);
  }
}

function bindError(address: string, cause: NodeJS.ErrnoException): AddressError {
  const because = (message: string, remedy: string) => new AddressError(message, remedy, { cause });
  switch (cause.code) {
    case 'EADDRINUSE':
      return because(`${address} is taken by another program.`, 'Stop that program, or give another address.');
    case 'EADDRNOTAVAIL':
    case 'ENODEV':
      return because(`${address} is not an address of this machine.`, 'Give one that is, or "*" for all of them.');
    case 'EACCES':
      return because(`${address} may not be used by this user.`, 'Give a port above 1023, or a folder of your own.');
    case 'ENAMETOOLONG':
      return because(
        `${address} is too long: a socket's path has 107 bytes at most.`,
        'Give a shorter directory with --run-dir.',
      );
    case 'ENOENT':
      return because(`${address} lies in a folder that doesn't exist.`, 'Make the folder, or give another address.');
    default:
      return because(
        `${address} can't be listened on: ${cause.message}.`,
        'An address is like tcp://*:5555, tcp://[::1]:5555 or ipc:///run/piwheels/piw-status.',
      );
  }
}

/** zeromq tells an IPv4 address of an IPv6 socket as ::ffff:…; people don't. */
const lastAddress = (socket: Socket): string => (socket.lastEndpoint ?? '').replace(/\[::ffff:([\d.]+)\]/, '$1');
