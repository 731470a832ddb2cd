import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { replaceFile, syncFolder } from './safe-file.ts';

/** A page: its path below the folder that is served, and what is in it. */
type Page = readonly [path: string, content: string];

/** The folder that is served: a reader sees a page as it was or as it is, never half of it. */
export class SiteFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Puts a page where it belongs, safe on the disk; one that has that content already stays as it is. */
  put(path: string, content: string): Promise<void> {
    return this.putAll([[path, content]]);
  }

  /**
   * Puts several, side by side: a disk makes sure of many as quickly as of one. The folders that name them are made safe once, after
   * all of them. Nothing is under way any more once this settles.
   */
  async putAll(pages: readonly Page[]): Promise<void> {
    const folders = new Set<string>();
    const put = pages.map(([path, content]) => this.#put(path, content, folders));
    await Promise.allSettled(put);
    // Those of what was put although others failed, too: it stays as it is when all is tried again.
    await allSettled([...folders].map(syncFolder));
    await Promise.all(put);
  }

  /** Whether there is such a page. */
  has(path: string): boolean {
    return this.#read(path) !== undefined;
  }

  /** Takes pages or whole folders of them away, so that they don't come back when the machine fails. */
  async remove(...paths: readonly string[]): Promise<void> {
    const there = paths.map((path) => join(this.#root, path)).filter((path) => existsSync(path));
    for (const path of there) await rm(path, { recursive: true, force: true });
    await allSettled([...new Set(there.map((path) => dirname(path)))].map(syncFolder));
  }

  /** Tells the folders that have a new name in them. */
  async #put(path: string, content: string, folders: Set<string>): Promise<void> {
    const before = this.#read(path);
    if (before === content) return;
    const at = join(this.#root, path);
    if (before === undefined) await mkdir(dirname(at), { recursive: true });
    await replaceFile(at, content);
    for (const folder of before === undefined ? foldersAbove(path) : [dirname(path)])
      folders.add(join(this.#root, folder));
  }

  /** At once: the thread that writes has nothing else to do, and hand-overs to other threads cost more than reading does. */
  #read(path: string): string | undefined {
    try {
      return readFileSync(join(this.#root, path), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

/** `a/b/c` is in `a/b`, `a` and `.`. */
function foldersAbove(path: string): string[] {
  const folder = dirname(path);
  return folder === '.' ? [folder] : [folder, ...foldersAbove(folder)];
}

async function allSettled(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}
