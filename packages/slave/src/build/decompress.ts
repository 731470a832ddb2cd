import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { BadArchive } from './bad-archive.ts';

const program =
  'import shutil, sys; module = __import__(sys.argv[2]); shutil.copyfileobj(module.open(sys.argv[1]), sys.stdout.buffer)';

/** What a compressed file holds, read by a module of Python's library; a broken file ends the stream with BadArchive. */
export function decompress(archive: string, module: 'bz2' | 'lzma', python: string): Readable {
  return Readable.from(chunks(archive, module, python));
}

async function* chunks(archive: string, module: string, python: string): AsyncGenerator<Buffer> {
  const child = spawn(python, ['-I', '-S', '-c', program, archive, module], { stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.length < 100 && errors.push(chunk));
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  try {
    yield* child.stdout as AsyncIterable<Buffer>;
    if ((await ended) !== 0) {
      const said = Buffer.concat(errors).toString('utf8').trim().split('\n').at(-1) ?? '';
      throw new BadArchive(`It cannot be decompressed: ${said}.`);
    }
  } finally {
    child.kill('SIGKILL');
  }
}
