import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An index on loopback (PEP 691). */
export interface SmallIndex {
  /** With a password, as private indexes have one, and the last slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** What it answers to a path; nothing at all where it is to hang. */
export type SmallAnswer = (path: string, asked: IncomingHttpHeaders) => SmallReply | undefined;

export interface SmallReply {
  readonly status: number;
  readonly body: string;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts an index that answers as it is told. */
export async function startIndex(answer: SmallAnswer): Promise<SmallIndex> {
  const server = createServer((request, response) => {
    const reply = answer(request.url ?? '', request.headers);
    if (!reply) return;
    const edition = reply.etag === undefined ? {} : { etag: reply.etag };
    response.writeHead(reply.status, { 'content-type': contentType, ...edition, ...reply.headers }).end(reply.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://someone:secret@127.0.0.1:${port}/simple/`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Answers as an index that has these files of packages, and nothing else. */
export const listing =
  (packages: Readonly<Record<string, readonly string[]>>): SmallAnswer =>
  (path) => {
    const [, name = ''] = /^\/simple\/([^/]+)\/$/.exec(path) ?? [];
    const filenames = packages[name];
    if (!filenames) return { status: 404, body: '' };
    const files = filenames.map((filename) => ({ filename, url: `/files/${filename}`, hashes: {} }));
    return { status: 200, body: JSON.stringify({ meta: { 'api-version': '1.1' }, name, files }) };
  };

const contentType = 'application/vnd.pypi.simple.v1+json';
