import { constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Both ends of a pipe; whoever opened it closes `writerFd` when a child has it, and destroys the reader. */
export interface Pipe {
  readonly reader: Socket;
  readonly writerFd: number;
}

/**
 * Opens a real pipe. What Node gives its children is a socket, and on a socket `echo failed > /dev/stderr` fails (ENXIO), which
 * the shell scripts of builds do say.
 */
export async function openPipe(): Promise<Pipe> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-pipe-'));
  try {
    const path = join(dir, 'pipe');
    await execa('mkfifo', ['-m', '600', path]);
    const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
    const fd = openSync(path, O_RDONLY | O_NONBLOCK); // a reader need not wait for a writer
    const writerFd = openSync(path, O_WRONLY);
    return { reader: new Socket({ fd, readable: true, writable: false }), writerFd };
  } finally {
    await rm(dir, { recursive: true });
  }
}
