import { type FileHandle, open } from 'node:fs/promises';
import { Refusal } from '@piw/host/operator-error';

/** Opens a device; throws a Refusal that says what to do where this account may not, or it is none. */
export async function openDevice(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags);
  } catch (error) {
    throw refusedDevice(path, error);
  }
}

/** What the operator reads where a device can't be used from the beginning. */
export function refusedDevice(path: string, error: unknown): Refusal {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM')
    return new Refusal(
      `This account may not use ${path}.`,
      'Add it to the groups "video" and "input" (sudo usermod -aG video,input "$USER"), and log in again.',
    );
  return new Refusal(`${path} can't be opened: ${message}.`, 'Name the device of the HAT, or use --emulate.');
}

/** What the operator reads when a device fails in the middle. */
export const lostDevice = (path: string, error: unknown): Refusal =>
  new Refusal(`${path} is lost: ${(error as Error).message}.`, 'Look whether the HAT sits well, then start again.');
