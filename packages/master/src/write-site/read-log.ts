import { type FileHandle, open } from 'node:fs/promises';

/** A part of a log, the length of the whole, and whether it is all that there will be. */
export interface LogPart {
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly ended: boolean;
}

/** A part of a log that lies as text, and may still grow; undefined where there is none. */
export const readLogText = (path: string, offset: number, limit: number): Promise<LogPart | undefined> =>
  withFile(path, async (file) => {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.min(limit, Math.max(size - offset, 0)));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, offset);
    return { bytes: bytes.subarray(0, bytesRead), sizeBytes: size, ended: false };
  });

/** The same of one that is in memory. */
export const partOfText = (text: Uint8Array, offset: number, limit: number): LogPart => ({
  bytes: text.subarray(offset, offset + limit),
  sizeBytes: text.length,
  ended: false,
});

/** The length of a packed log's text, which its last four bytes tell (RFC 1952); undefined where there is none. */
export const packedSize = (path: string): Promise<number | undefined> =>
  withFile(path, async (file) => {
    const { size } = await file.stat();
    const { buffer } = await file.read(Buffer.alloc(4), 0, 4, Math.max(size - 4, 0));
    return buffer.readUInt32LE();
  });

async function withFile<T>(path: string, work: (file: FileHandle) => Promise<T>): Promise<T | undefined> {
  let file: FileHandle;
  try {
    file = await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return await work(file);
  } finally {
    await file.close();
  }
}
