import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/**
 * The text of a file that a package's code wrote or brought: at most so many bytes of it, and undefined where there is no
 * such plain file. No link is followed out of the sandbox, and no pipe is waited for.
 */
export async function readBounded(file: string, maxBytes: number): Promise<string | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (handle === null) return undefined;
  try {
    const facts = await handle.stat();
    if (!facts.isFile()) return undefined;
    const buffer = Buffer.alloc(Math.min(facts.size, maxBytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
