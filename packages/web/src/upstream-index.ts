import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withoutCredentials } from '@piw/host/pip/without-credentials';

/** Where packages that the farm lacks are: an index's address with its last slash; undefined where nobody said. */
export type UpstreamIndex = () => Promise<string | undefined>;

/**
 * Which index that is: the one that the operator gives, else the one that the master tells in `upstream.json` as long as it merges
 * what upstream lists.
 */
export const upstreamIndex =
  (root: string, given: string | undefined): UpstreamIndex =>
  async () =>
    indexAddress(given ?? (await toldBy(join(root, 'upstream.json'))));

/** An address that clients may be sent to; undefined where a text is none. */
export function indexAddress(text: unknown): string | undefined {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return withoutCredentials(text).replace(/\/*$/, '/');
}

async function toldBy(path: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { readonly index?: unknown } | null)?.index;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
