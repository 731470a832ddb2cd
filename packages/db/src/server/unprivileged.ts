/**
 * A command line for a program that refuses to run as root: as root it runs in a user namespace of its own, where it
 * sees itself as an ordinary user while the kernel still takes it for the owner of root's files.
 */
export function unprivileged(program: string, args: readonly string[]): [string, ...string[]] {
  if (process.getuid?.() !== 0) return [program, ...args];
  return ['unshare', '--user', '--map-user=1000', '--map-group=1000', program, ...args];
}
