import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ControlClient } from '@piw/wire/control-client';

const partBytes = 1 << 18;

/** Writes the whole log of an attempt, as far as it has come, to a new file; resolves to its path. Throws where the file exists. */
export async function saveLog(
  control: ControlClient,
  attempt: number,
  path: string,
  signal: AbortSignal,
): Promise<string> {
  const file = await open(resolve(path), 'wx');
  try {
    for (let offset = 0; ; ) {
      const { bytes, sizeBytes } = await control.ask('LOG', { attempt, offset, limit: partBytes }, { signal });
      await file.write(bytes);
      offset += bytes.length;
      if (bytes.length === 0 || offset >= sizeBytes) return resolve(path);
    }
  } finally {
    await file.close();
  }
}
