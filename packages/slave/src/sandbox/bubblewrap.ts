import type { LastWill } from './last-will.ts';
import { type Launch, statusNumber } from './launch.ts';
import { layout, type Mount, sandboxUid } from './layout.ts';
import { limitedCommand } from './limited-command.ts';
import { PipeStock } from './pipe-stock.ts';
import type { Sandbox, SandboxRun } from './sandbox.ts';
import { supervise } from './supervise.ts';

/** Programs of the machine that run the command inside; null where it has none. */
export interface Inside {
  readonly prlimit: string | null;
  readonly setsid: string | null;
}

/**
 * The sandbox of bubblewrap (bwrap 0.5 or later): user, mount, process, IPC, host name and, unless granted, network namespaces of its own.
 * The command has a session of its own, and the first process inside has not (as with --new-session): being in bwrap's process
 * group, it can be killed before bwrap has set it to die with its parent.
 */
export function bubblewrap(bwrap: string, { prlimit, setsid }: Inside, will: LastWill): Sandbox {
  const pipes = new PipeStock();
  const session = setsid === null ? ['--new-session', '--'] : ['--', setsid];
  const launch = (run: SandboxRun): Launch => ({
    argv: [bwrap, ...bubblewrapArguments(run), ...session, ...limitedCommand(run.command, run.limits, prlimit)],
    cwd: '/',
    exitCode: (_, status) => statusNumber(status, 'exit-code'),
    // bwrap goes as soon as the command does; the first process inside, and so all others, a moment later
    leftovers: (status) => [statusNumber(status, 'child-pid') ?? []].flat(),
  });
  return { name: 'bubblewrap', run: (run) => supervise(launch(run), run, { pipes, will }) };
}

/** What bwrap is called with for a run, up to the command. The order matters: later mounts lie over earlier ones. */
export function bubblewrapArguments(run: SandboxRun): string[] {
  const id = String(sandboxUid);
  return [
    ...['--unshare-user', '--unshare-all', ...(run.network ? ['--share-net'] : [])],
    ...['--uid', id, '--gid', id, '--hostname', 'build', '--die-with-parent', '--json-status-fd', '3'],
    ...['--clearenv', ...Object.entries(run.env).flatMap(([name, value]) => ['--setenv', name, value])],
    ...['--proc', '/proc', '--dev', '/dev'],
    ...layout(run).flatMap(mountArguments),
    ...['--remount-ro', '/dev', '--remount-ro', '/', '--chdir', run.cwd],
  ];
}

function mountArguments(mount: Mount): string[] {
  switch (mount.mount) {
    case 'bind':
      return [mount.writable ? '--bind' : '--ro-bind', mount.from, mount.to];
    case 'link':
      return ['--symlink', mount.target, mount.at];
    case 'fresh':
      return ['--size', String(mount.sizeBytes), '--tmpfs', mount.at];
  }
}
