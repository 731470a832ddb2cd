import { dirname } from 'node:path';
import { syncFolder } from './safe-file.ts';

interface Sync {
  readonly done: Promise<void>;
  next: Promise<void> | undefined;
}

/** Makes names in folders safe on the disk for many that wait for it: who comes while a folder is being synced shares the next time. */
export class FolderSyncs {
  readonly #sync: (folder: string) => Promise<void>;
  readonly #underWay = new Map<string, Sync>();

  constructor(sync: (folder: string) => Promise<void> = syncFolder) {
    this.#sync = sync;
  }

  /** Resolves when the names that the folder has by now are safe. */
  sync(folder: string): Promise<void> {
    const before = this.#underWay.get(folder);
    if (!before) return this.#begin(folder);
    before.next ??= before.done.catch(() => undefined).then(() => this.#begin(folder));
    return before.next;
  }

  /** The same of a folder that was just made below those that were there, from `first` on. */
  async syncNew(folder: string, first: string): Promise<void> {
    for (let above = folder; above.length >= first.length; above = dirname(above)) await this.sync(dirname(above));
    await this.sync(folder);
  }

  #begin(folder: string): Promise<void> {
    const done = this.#sync(folder).finally(() => {
      if (this.#underWay.get(folder)?.done === done) this.#underWay.delete(folder);
    });
    this.#underWay.set(folder, { done, next: undefined });
    return done;
  }
}
