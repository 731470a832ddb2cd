import { readFile } from 'node:fs/promises';

/** The text of one of the kernel's small files, without closing zeros and space; null where the machine has no such file. */
export async function machineFile(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).replace(/\0/g, '').trim();
  } catch {
    return null;
  }
}
