import { existsSync, lstatSync, readdirSync, readlinkSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Mount } from './layout.ts';

/** Files that every sandbox has instead of the machine's: one user, one group, one host. */
const ownEtc = fileURLToPath(new URL('../../sandbox/etc', import.meta.url));

const systemDirectories = ['/usr', '/bin', '/sbin', '/lib', '/lib32', '/lib64', '/libx32', '/nix/store'];

/** What of /etc compilers, loaders and TLS need. No keys, no accounts: `/etc/ssl/private` and its like stay out. */
const machineEtc = [
  '/etc/alternatives',
  '/etc/ld.so.cache',
  '/etc/ld.so.conf',
  '/etc/ld.so.conf.d',
  '/etc/ssl/certs',
  '/etc/ssl/cert.pem',
  '/etc/ssl/openssl.cnf',
  '/etc/pki/tls/certs',
  '/etc/pki/tls/openssl.cnf',
  '/etc/pki/ca-trust/extracted',
  '/etc/crypto-policies',
  '/etc/localtime',
  '/etc/os-release',
  '/etc/debian_version',
  '/etc/alpine-release',
  '/etc/protocols',
  '/etc/services',
];

/** Where musl's loader is told its folders: a file named for the machine. */
function loaderPaths(): string[] {
  return readdirSync('/etc')
    .filter((name) => /^ld-musl-.*\.path$/.test(name))
    .map((name) => `/etc/${name}`);
}

/** With the network come the machine's own names for its hosts. */
const networkEtc = ['/etc/resolv.conf', '/etc/hosts'];

/** The machine's system as every sandbox shows it, read-only: programs, libraries, and a minimal /etc. */
export function systemView(network: boolean): Mount[] {
  const own = ['passwd', 'group', 'nsswitch.conf', ...(network ? [] : ['hosts'])];
  return [
    ...systemDirectories.filter((path) => existsSync(path)).map(asOnTheMachine),
    ...[...machineEtc, ...loaderPaths(), ...(network ? networkEtc : [])].filter((path) => existsSync(path)).map(shown),
    ...own.map((name): Mount => ({ mount: 'bind', from: `${ownEtc}/${name}`, to: `/etc/${name}`, writable: false })),
  ];
}

/** The paths that are the same inside every sandbox and outside: whatever lies below them needs no bind. */
export const isInSystemView = (path: string): boolean =>
  systemDirectories.some((directory) => path === directory || path.startsWith(`${directory}/`));

/** `/bin` is a link on merged systems and a directory on others. */
const asOnTheMachine = (path: string): Mount =>
  lstatSync(path).isSymbolicLink() ? { mount: 'link', target: readlinkSync(path), at: path } : shown(path);

/** Through links, since what they lead to (`/run/systemd/resolve/…`) may not be inside. */
const shown = (path: string): Mount => ({ mount: 'bind', from: realpathSync(path), to: path, writable: false });
