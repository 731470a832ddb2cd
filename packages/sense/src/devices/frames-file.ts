import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { Refusal } from '@piw/host/operator-error';
import type { Picture } from '../pixels/picture.ts';
import type { Hat } from './hat.ts';

/** Opens a file to which the pictures of a hat are written, too, as they are shown: a line of JSON each, with 64 colours as `rrggbb`. Throws a Refusal. */
export function recording(path: string, now: () => number): (hat: Hat) => Hat {
  const fd = opened(path);
  return (hat) => ({
    show: (picture, words) => {
      write(fd, path, `${JSON.stringify({ ms: now(), pixels: picture.map(hex), caption: words.caption })}\n`);
      hat.show(picture, words);
    },
    close: () => {
      closeSync(fd);
      return hat.close();
    },
  });
}

function write(fd: number, path: string, line: string): void {
  try {
    writeSync(fd, line);
  } catch (error) {
    throw new Refusal(`${path} can't be written: ${(error as Error).message}.`, 'Make room, or leave --frames out.');
  }
}

function opened(path: string): number {
  try {
    const { O_APPEND, O_CREAT, O_NONBLOCK, O_WRONLY } = constants; // what nobody reads is refused, and not waited for
    return openSync(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, 0o644);
  } catch (error) {
    throw new Refusal(`${path} can't be written: ${(error as Error).message}.`, 'Name another file with --frames.');
  }
}

const hex = (colour: Picture[number]): string => colour.map((value) => value.toString(16).padStart(2, '0')).join('');
