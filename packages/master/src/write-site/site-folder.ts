import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

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
    const before = await this.#read(path);
    if (before?.equals(bytes)) return;
    if (before === undefined) await mkdir(dirname(at), { recursive: true });
    await writeFileAtomic(at, bytes);
  }

  /** Whether there is such a page. */
  async has(path: string): Promise<boolean> {
    return (await this.#read(path)) !== undefined;
  }

  /** Takes a page or a whole folder of them away. */
  async remove(path: string): Promise<void> {
    await rm(join(this.#root, path), { recursive: true, force: true });
  }

  async #read(path: string): Promise<Buffer | undefined> {
    try {
      return await readFile(join(this.#root, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}
