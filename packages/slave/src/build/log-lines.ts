import { createReadStream } from 'node:fs';

/** A part of a log file, by offsets in bytes: from the first to before the last. */
export interface LogPart {
  readonly path: string;
  readonly from: number;
  readonly to: number;
}

/** More of a line than this nobody reads, and one without an end would fill the memory. */
const mostColumns = 1000;

/** The lines of a part of a log, each cut to its beginning; logs are large, so they are read in pieces. */
export async function* logLines({ path, from, to }: LogPart): AsyncGenerator<string> {
  if (to <= from) return;
  let line = '';
  const pieces = createReadStream(path, { start: from, end: to - 1, encoding: 'utf8' }) as AsyncIterable<string>;
  for await (const piece of pieces) {
    const [rest = '', ...others] = piece.split('\n');
    line = (line + rest).slice(0, mostColumns);
    for (const next of others) {
      yield line;
      line = next.slice(0, mostColumns);
    }
  }
  yield line;
}
