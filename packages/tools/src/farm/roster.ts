import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '@piw/host/make-folder';
import { endProcess } from './end-process.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** The programs that a farm has started, a small file each, so that the next farm can end what a killed one left. */
export class Roster {
  readonly #folder: string;
  readonly #started = new Set<number>();

  constructor(runDir: string) {
    this.#folder = join(runDir, 'programs');
  }

  /** Ends what the farm before this one left running; returns how many there were. */
  async endLeftovers(patienceMs: number): Promise<number> {
    await makeFolder(this.#folder);
    const noted = await Promise.all((await readdir(this.#folder)).map((name) => this.#read(Number(name))));
    const alive = await Promise.all(noted.map(isAlive));
    const left = noted.filter((_, index) => alive[index]);
    await Promise.all(left.map((one) => endProcess(one, patienceMs)));
    await Promise.all(noted.map(({ pid }) => this.remove(pid)));
    return left.length;
  }

  /** Notes a program that has just been started; undefined where it has ended already. */
  async add(pid: number): Promise<ProcessIdentity | undefined> {
    this.#started.add(pid);
    const identity = await identify(pid);
    if (identity) await writeFile(this.#file(pid), identity.started);
    return identity;
  }

  /** Forgets one that has ended. */
  async remove(pid: number): Promise<void> {
    this.#started.delete(pid);
    await rm(this.#file(pid), { force: true });
  }

  /** Ends what this farm has started, before it returns: each program with its whole process group. */
  kill(): void {
    for (const pid of this.#started) {
      try {
        process.kill(-pid, 'SIGKILL');
      } catch {
        // It ended by itself in between.
      }
    }
  }

  async #read(pid: number): Promise<ProcessIdentity> {
    return { pid, started: await readFile(this.#file(pid), 'utf8') };
  }

  #file(pid: number): string {
    return join(this.#folder, String(pid));
  }
}
