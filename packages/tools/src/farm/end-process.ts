import { setTimeout as delay } from 'node:timers/promises';
import { isAlive, type ProcessIdentity } from './process-identity.ts';

/** Asks a process to end and, when its time is over, ends its whole process group; resolves when it is gone. */
export async function endProcess(identity: ProcessIdentity, patienceMs: number): Promise<void> {
  signal(identity.pid, 'SIGTERM');
  const late = Date.now() + patienceMs;
  while (await isAlive(identity)) {
    if (Date.now() > late) signal(-identity.pid, 'SIGKILL');
    await delay(25);
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself in between.
  }
}
