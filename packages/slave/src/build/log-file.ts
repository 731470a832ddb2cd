import { closeSync, fstatSync, openSync, writeSync } from 'node:fs';

/** An attempt's log, kept on disk so that it can be sent from any offset: only ever appended to. */
export interface LogFile {
  readonly path: string;
  /** Bytes written so far. */
  readonly bytes: number;
  /** The end of the running step's section, for those who look for the reason of a failure. */
  tail(): string;
  write(bytes: Uint8Array | string): void;
  /** Opens a step's section: `== build ==`. */
  section(name: string): void;
  close(): void;
}

const tailBytes = 256 << 10;

/** Opens a log file for appending; `onWrite` sees every byte as well (a terminal, a watcher). */
export function openLogFile(path: string, onWrite: (bytes: Uint8Array) => void = () => undefined): LogFile {
  const file = openSync(path, 'a', 0o644);
  let length = fstatSync(file).size;
  let recent: Buffer = Buffer.alloc(0);
  const write = (text: Uint8Array | string): void => {
    const bytes = Buffer.from(text);
    length += writeSome(file, bytes);
    recent = Buffer.concat([recent, bytes]).subarray(-tailBytes);
    onWrite(bytes);
  };
  return {
    path,
    get bytes() {
      return length;
    },
    tail: () => recent.toString('utf8'),
    write,
    section: (name) => {
      write(`${length === 0 ? '' : '\n'}== ${name} ==\n`);
      recent = Buffer.alloc(0);
    },
    close: () => closeSync(file),
  };
}

/** As much as the disk takes; where it is full, the attempt finds that out by itself, and ends well. */
function writeSome(file: number, bytes: Uint8Array): number {
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(file, bytes, done);
  } catch (error) {
    if (!/^E(?:NOSPC|DQUOT)$/.test((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
  return done;
}
