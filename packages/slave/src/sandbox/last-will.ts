import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** Reads `+ 123` and `- 123`, and once nobody can write any more, kills the process groups that were named and not taken back. */
const script = `
left=
while read -r sign pid; do
  case $sign in
    +) left="$left $pid" ;;
    -) kept=; for one in $left; do [ "$one" = "$pid" ] || kept="$kept $one"; done; left=$kept ;;
  esac
done
for pid in $left; do
  kill -s STOP -- "-$pid"
  inside=$(cat "/proc/$pid/task/$pid/children")
  kill -s KILL -- "-$pid" $inside
done 2>/dev/null`;

/**
 * Who ends what this process has running if this process is killed. The sandboxes' own ways to die with their parent work only
 * some milliseconds after they are started: what was started just before would run on, with nobody to watch it.
 */
export class LastWill {
  #executor: ChildProcess | undefined;

  /** What is started gets this as descriptor 4, and closes it when it has said who it is: so nothing is forgotten, whenever we die. */
  book(): Writable {
    if (this.#executor?.stdin?.writable !== true) this.#executor = appoint();
    return this.#executor.stdin!;
  }

  /** One has ended: its number may be another's from now on. */
  strike(pid: number): void {
    this.#executor?.stdin!.write(`- ${pid}\n`);
  }
}

/** What a shell does first that is started with the book: it enters its process group. */
export const entersBook = `{ trap '' PIPE; echo "+ $$" >&4; trap - PIPE; } 2>/dev/null; exec 4>&-`;

/** A shell in a session of its own, which outlives us and keeps us from nothing. */
function appoint(): ChildProcess {
  const shell = spawn('/bin/sh', ['-c', script], {
    cwd: '/',
    env: {},
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.on('error', () => undefined); // the sandbox itself needs that shell, and will say so
  shell.stdin.on('error', () => undefined);
  shell.unref();
  if (shell.stdin instanceof Socket) shell.stdin.unref();
  return shell;
}
