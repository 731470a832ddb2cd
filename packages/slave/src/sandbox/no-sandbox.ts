import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeTree } from '../build/remove-tree.ts';
import { outsidePaths } from './inside-paths.ts';
import { LastWill } from './last-will.ts';
import { diesWithParent, type Launch, withEnvironment } from './launch.ts';
import { limitedCommand } from './limited-command.ts';
import { PipeStock } from './pipe-stock.ts';
import { allProcesses, readProc } from './process-tree.ts';
import type { Bind, Sandbox, SandboxRun } from './sandbox.ts';
import { supervise } from './supervise.ts';

/** How no-sandbox tells its own processes from all others: inherited by whatever a build starts. */
const mark = 'PIW_RUN';

/**
 * No sandbox: for those who trust what they build. The limits hold and everything dies in the end, but the command runs as whoever
 * runs this, with the network, and sees the machine. Its fresh home and `/tmp` are directories of their own.
 * @param unshare where a process namespace can be had: nothing can hide from its end.
 */
export function noSandbox(prlimit: string | null, unshare: string | null, will = new LastWill()): Sandbox {
  const pipes = new PipeStock();
  return {
    name: 'none',
    run: async (run) => {
      const scratch = await mkdtemp(join(tmpdir(), 'piw-run-'));
      try {
        const binds = [...(await freshDirectories(scratch)), ...run.binds];
        return await supervise(unconfined({ ...run, binds }, prlimit, unshare), { ...run, binds }, { pipes, will });
      } finally {
        await removeTree(scratch);
      }
    },
  };
}

async function freshDirectories(scratch: string): Promise<Bind[]> {
  const fresh = { '/tmp': join(scratch, 'tmp'), '/home/build': join(scratch, 'home') };
  for (const path of Object.values(fresh)) await mkdir(path);
  return Object.entries(fresh).map(([to, from]) => ({ from, to, writable: true }));
}

function unconfined(run: SandboxRun, prlimit: string | null, unshare: string | null): Launch {
  const outside = outsidePaths(run.binds);
  const env = Object.entries(run.env).map(([name, value]) => [name, outside(value)] as const);
  const id = randomUUID();
  const command = [
    ...withEnvironment({ TMPDIR: outside('/tmp'), ...Object.fromEntries(env), [mark]: id }),
    ...limitedCommand(run.command.map(outside), run.limits, prlimit),
  ];
  return {
    argv: unshare === null ? command : [...diesWithParent, unshare, ...namespace, ...command],
    cwd: outside(run.cwd),
    exitCode: (code) => code,
    leftovers: () => killMarked(id),
  };
}

/** A shell is the first process in the namespace, since that one's own signals don't reach it: `abort` would not abort. */
const namespace = [
  ...['--user', '--map-current-user', '--pid', '--mount-proc', '--fork', '--kill-child'],
  ...['/bin/sh', '-c', '"$@" & wait $!', 'sh'],
];

/** Ends what left the process group; a process that cleared its environment too is beyond this. */
function killMarked(id: string): number[] {
  const marked = allProcesses().filter((pid) => readProc(`${pid}/environ`).split('\0').includes(`${mark}=${id}`));
  for (const pid of marked) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // gone already
    }
  }
  return marked;
}
