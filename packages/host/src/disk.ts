import { statfs } from 'node:fs/promises';

/** The disk that holds a folder, in bytes; what is free is free for this user. */
export interface Disk {
  readonly diskFreeBytes: number;
  readonly diskSizeBytes: number;
}

/** Reads it. A disk that can't be asked counts as full: nothing should be built on it. */
export async function readDisk(dir: string): Promise<Disk> {
  try {
    const { bavail, blocks, bsize } = await statfs(dir);
    return { diskFreeBytes: bavail * bsize, diskSizeBytes: blocks * bsize };
  } catch {
    return { diskFreeBytes: 0, diskSizeBytes: 0 };
  }
}
