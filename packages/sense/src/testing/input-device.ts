import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { timeBytes, type WordBits } from '../devices/input-events.ts';

/** The bytes of an input event (linux/input.h): its time, type (1 is a key), code and value. */
export function inputEvent(bits: WordBits, code: number, value: number, type = 1): Buffer {
  const bytes = Buffer.alloc(timeBytes[bits] + 8, 0x2a);
  bytes.writeUInt16LE(type, timeBytes[bits]);
  bytes.writeUInt16LE(code, timeBytes[bits] + 2);
  bytes.writeInt32LE(value, timeBytes[bits] + 4);
  return bytes;
}

/** Makes a FIFO, which stands for an input device. */
export async function makeFifo(path: string): Promise<void> {
  await promisify(execFile)('mkfifo', [path]);
}
