import { constants, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Both ends of a pipe; whoever took it closes `writerFd` when a child has it, and destroys the reader. */
export interface Pipe {
  readonly reader: Socket;
  readonly writerFd: number;
}

interface Ends {
  readonly fd: number;
  readonly writerFd: number;
}

/** To make several takes no longer than to make one, which is most of what starting a program takes. */
const madeAtOnce = 8;

/**
 * Real pipes, made in advance. What Node gives its children is a socket, and on a socket `echo failed > /dev/stderr` fails (ENXIO), which
 * the shell scripts of builds do say.
 */
export class PipeStock {
  readonly #ready: Ends[] = [];

  async take(): Promise<Pipe> {
    if (this.#ready.length === 0) this.#ready.push(...(await makePipes()));
    const { fd, writerFd } = this.#ready.pop()!;
    return { reader: new Socket({ fd, readable: true, writable: false }), writerFd };
  }
}

async function makePipes(): Promise<Ends[]> {
  const dir = await mkdtemp(join(tmpdir(), 'piw-pipes-'));
  try {
    const paths = Array.from({ length: madeAtOnce }, (_, n) => join(dir, String(n)));
    await execa('mkfifo', ['-m', '600', ...paths]);
    return paths.map(open);
  } finally {
    await rm(dir, { recursive: true });
  }
}

/** A reader need not wait for a writer. No child inherits either end: Node opens all files so. */
function open(path: string): Ends {
  const { O_RDONLY, O_WRONLY, O_NONBLOCK } = constants;
  const fd = openSync(path, O_RDONLY | O_NONBLOCK);
  return { fd, writerFd: openSync(path, O_WRONLY) };
}
