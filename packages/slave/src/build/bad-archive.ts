import { withFullStop } from '@piw/host/with-full-stop';

/** The archive is not one, or holds what a source distribution may not. */
export class BadArchive extends Error {
  override readonly name = 'BadArchive';
}

/** An error met while unpacking, as the archive's fault; what the system refused (a full disk) stays what it is. */
export function asBadArchive(error: unknown): unknown {
  if (error instanceof BadArchive || !(error instanceof Error) || 'syscall' in error) return error;
  return new BadArchive(withFullStop(`It cannot be unpacked: ${error.message}`));
}
