import { closeSync, openSync, writeSync } from 'node:fs';
import { Refusal } from '@piw/host/operator-error';
import type { Picture } from '../pixels/picture.ts';
import type { Hat } from './hat.ts';

/** A hat whose pictures are written to a file, too, as they are shown: a line of JSON each, with 64 colours as `rrggbb`. Throws a Refusal. */
export function recording(hat: Hat, path: string, now: () => number): Hat {
  const fd = opened(path);
  return {
    show: (picture, caption) => {
      writeSync(fd, `${JSON.stringify({ ms: now(), pixels: picture.map(hex), caption })}\n`);
      hat.show(picture, caption);
    },
    close: async () => {
      closeSync(fd);
      await hat.close();
    },
  };
}

function opened(path: string): number {
  try {
    return openSync(path, 'a');
  } catch (error) {
    throw new Refusal(`${path} can't be written: ${(error as Error).message}.`, 'Name another file with --frames.');
  }
}

const hex = (colour: Picture[number]): string => colour.map((value) => value.toString(16).padStart(2, '0')).join('');
