import { fileURLToPath } from 'node:url';
import type { LastWill } from './last-will.ts';
import { diesWithParent, type Launch, statusNumber, withEnvironment } from './launch.ts';
import { layout, type Mount, sandboxUid } from './layout.ts';
import { limitedCommand } from './limited-command.ts';
import { PipeStock } from './pipe-stock.ts';
import type { Sandbox, SandboxRun } from './sandbox.ts';
import { supervise } from './supervise.ts';

const inSandboxFolder = (name: string) => fileURLToPath(new URL(`../../sandbox/${name}`, import.meta.url));

/** The same sandbox from util-linux alone (unshare 2.35 or later), for machines without bubblewrap. */
export function unshare(prlimit: string | null, will: LastWill): Sandbox {
  const pipes = new PipeStock();
  const launch = (run: SandboxRun): Launch => ({
    argv: [...diesWithParent, 'unshare', ...unshareArguments(run), ...confinedCommand(run, prlimit)],
    cwd: '/',
    exitCode: (_, status) => statusNumber(status, 'exit-code'),
    leftovers: () => [], // unshare waits for the first process inside, and that is the last to die
  });
  return { name: 'unshare', run: (run) => supervise(launch(run), run, { pipes, will }) };
}

/** What unshare is called with for a run, up to the command: root of its own namespaces, the script, and what it shall mount. */
export function unshareArguments(run: SandboxRun): string[] {
  return [
    ...[
      '--user',
      '--map-root-user',
      '--mount',
      '--pid',
      '--ipc',
      '--uts',
      '--cgroup',
      ...(run.network ? [] : ['--net']),
    ],
    ...['--fork', '--kill-child', '/bin/sh', inSandboxFolder('enter.sh'), inSandboxFolder('root')],
    ...layout(run).flatMap(mountArguments),
    ...['run', String(sandboxUid), run.cwd],
  ];
}

const confinedCommand = (run: SandboxRun, prlimit: string | null): string[] => [
  ...withEnvironment(run.env),
  ...limitedCommand(run.command, run.limits, prlimit),
];

/** Four words a mount, as the script reads them. */
function mountArguments(mount: Mount): string[] {
  switch (mount.mount) {
    case 'bind':
      return ['bind', mount.from, mount.to, mount.writable ? 'rw' : 'ro'];
    case 'link':
      return ['link', mount.target, mount.at, '-'];
    case 'fresh':
      return ['fresh', String(mount.sizeBytes), mount.at, '-'];
  }
}
