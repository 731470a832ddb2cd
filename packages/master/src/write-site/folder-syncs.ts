import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { syncFolder } from './safe-file.ts';

interface Sync {
  readonly done: Promise<void>;
  /** Resolves when the folder may be synced again. */
  readonly over: Promise<unknown>;
  next: Promise<void> | undefined;
}

/**
 * From one sync of a folder to the next, in milliseconds: hundreds of names a second share a fifth as many syncs, and one that comes alone
 * waits for nothing.
 */
const apartMs = 5;

/** Makes names in folders safe on the disk for many that wait for it: who comes while a folder is being synced, or a moment later, shares the next time. */
export class FolderSyncs {
  readonly #sync: (folder: string) => Promise<void>;
  readonly #rest: () => Promise<unknown>;
  readonly #underWay = new Map<string, Sync>();

  constructor(
    sync: (folder: string) => Promise<void> = syncFolder,
    rest: () => Promise<unknown> = () => pause(apartMs),
  ) {
    this.#sync = sync;
    this.#rest = rest;
  }

  /** Resolves when the names that the folder has by now are safe. */
  sync(folder: string): Promise<void> {
    const before = this.#underWay.get(folder);
    if (!before) return this.#begin(folder);
    before.next ??= before.over.then(() => this.#begin(folder));
    return before.next;
  }

  /** The same of a folder that was just made below those that were there, from `first` on. */
  async syncNew(folder: string, first: string): Promise<void> {
    for (let above = folder; above.length >= first.length; above = dirname(above)) await this.sync(dirname(above));
    await this.sync(folder);
  }

  #begin(folder: string): Promise<void> {
    const done = this.#sync(folder);
    const over = Promise.allSettled([done, this.#rest()]).then(() => {
      if (this.#underWay.get(folder)?.done === done) this.#underWay.delete(folder);
    });
    this.#underWay.set(folder, { done, over, next: undefined });
    return done;
  }
}
