import { readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** The folder that is served: a reader sees a page as it was or as it is, never half of it. */
export class SiteFolder {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  /** Puts a page where it belongs, safe on the disk; one that has that content already stays as it is. */
  async put(path: string, content: string | Buffer): Promise<void> {
    const at = join(this.#root, path);
    const bytes = Buffer.from(content);
    const before = this.#read(path);
    if (before?.equals(bytes)) return;
    if (before === undefined) await mkdir(dirname(at), { recursive: true });
    await this.#replace(at, bytes);
  }

  /** Puts several, side by side: a disk makes sure of many as quickly as of one. Nothing is under way any more once this settles. */
  async putAll(pages: Readonly<Record<string, string | Buffer>>): Promise<void> {
    const put = Object.entries(pages).map(([path, content]) => this.put(path, content));
    await Promise.allSettled(put);
    await Promise.all(put);
  }

  /** Whether there is such a page. */
  has(path: string): boolean {
    return this.#read(path) !== undefined;
  }

  /** Takes a page or a whole folder of them away. */
  async remove(path: string): Promise<void> {
    await rm(join(this.#root, path), { recursive: true, force: true });
  }

  /** Written beside and renamed; what a crash leaves beside is written over the next time. Nobody writes one page twice at once. */
  async #replace(at: string, bytes: Buffer): Promise<void> {
    const beside = join(dirname(at), `.${basename(at)}.new`);
    try {
      await writeFile(beside, bytes, { flush: true });
      await rename(beside, at);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  }

  /** At once: the thread that writes has nothing else to do, and four hand-overs to other threads cost more than reading does. */
  #read(path: string): Buffer | undefined {
    try {
      return readFileSync(join(this.#root, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
