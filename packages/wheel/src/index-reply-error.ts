/** What an index answered is no page of a package. */
export class IndexReplyError extends Error {
  override readonly name = 'IndexReplyError';
}

/** Refuses an index that speaks another major version than 1 (PEP 629); one that names none speaks 1.0. */
export function requireVersion1(version: string | undefined): void {
  if (version !== undefined && !/^1\.\d{1,4}$/.test(version))
    throw new IndexReplyError(`The index speaks version ${version.slice(0, 20)} of its protocol, not 1.`);
}
