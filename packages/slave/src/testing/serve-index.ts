import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A file of the index; `sha256` and `requiresPython` are what the page says of it, right or wrong. */
export interface IndexedFile {
  readonly filename: string;
  readonly content: Uint8Array;
  readonly sha256?: string;
  readonly requiresPython?: string;
  /** What the page has its address end with. */
  readonly query?: string;
}

/** A package index of the tests (PEP 503), on a free port of the loopback. */
export interface ServedIndex {
  /** For `--index-url`. */
  readonly url: string;
  close(): Promise<void>;
}

/** Serves these files, by package. */
export async function serveIndex(packages: Readonly<Record<string, readonly IndexedFile[]>>): Promise<ServedIndex> {
  const all = new Map(Object.values(packages).flatMap((files) => files.map((file) => [file.filename, file] as const)));
  const server = createServer(({ url = '' }, response) => {
    const [, kind, name = ''] = decodeURIComponent(url.split('?')[0]!).split('/');
    const page = kind === 'simple' && Object.hasOwn(packages, name) ? packages[name] : undefined;
    const file = kind === 'files' ? all.get(name) : undefined;
    response.statusCode = page || file ? 200 : 404;
    response.setHeader('Content-Type', page ? 'text/html' : 'application/octet-stream');
    response.end(page ? page.map(anchor).join('\n') : file?.content);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/simple/`,
    close: async () => {
      server.closeAllConnections();
      await once(server.close(), 'close');
    },
  };
}

function anchor({ filename, content, sha256, requiresPython, query }: IndexedFile): string {
  const hash = sha256 ?? createHash('sha256').update(content).digest('hex');
  const python =
    requiresPython === undefined ? '' : ` data-requires-python="${requiresPython.replaceAll('>', '&gt;')}"`;
  const address = `/files/${filename}${query === undefined ? '' : `?${query}`}`;
  return `<a href="${address}#sha256=${hash}"${python}>${filename}</a>`;
}
