import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { byteRange } from './byte-range.ts';
import type { PublishedFile } from './open-published.ts';

/** How a file is to be presented. */
export interface Presentation {
  readonly contentType: string;
  readonly cacheControl: string;
  /** The request headers that the answer depends on. */
  readonly vary: readonly string[];
  /** `gzip`: it is compressed on disk, and sent so; `gunzip`: compressed on disk, and unpacked for this client. */
  readonly coding: 'identity' | 'gzip' | 'gunzip';
  readonly status: number;
}

/** Answers a GET or HEAD with an open file: conditions and ranges of RFC 9110, streamed; the file is closed in the end. */
export async function sendFile(request: Request, file: PublishedFile, presentation: Presentation): Promise<Response> {
  const headers = describe(file, presentation);
  const { status } = presentation;
  if (status === 200 && isUnchanged(request.headers, headers)) return answer(file, null, 304, headers);
  const ranges = presentation.coding !== 'gunzip' && status === 200;
  if (ranges) headers.set('Accept-Ranges', 'bytes');
  const range = ranges ? wantedRange(request.headers, headers, file.sizeBytes) : undefined;
  if (range === 'unsatisfiable') {
    headers.set('Content-Range', `bytes */${file.sizeBytes}`);
    return answer(file, null, 416, headers);
  }
  const { start, end } = range ?? { start: 0, end: file.sizeBytes - 1 };
  if (presentation.coding !== 'gunzip') headers.set('Content-Length', String(end - start + 1));
  if (range) headers.set('Content-Range', `bytes ${start}-${end}/${file.sizeBytes}`);
  const empty = request.method === 'HEAD' || end < start;
  return answer(file, empty ? null : bodyOf(file, start, end, presentation), range ? 206 : status, headers);
}

function describe(
  { tag, modified }: PublishedFile,
  { contentType, cacheControl, vary, coding }: Presentation,
): Headers {
  const headers = new Headers({
    'Content-Type': contentType,
    'Cache-Control': cacheControl,
    'Last-Modified': modified.toUTCString(),
    ETag: `"${tag}${coding === 'identity' ? '' : `-${coding}`}"`,
  });
  if (vary.length > 0) headers.set('Vary', vary.join(', '));
  if (coding === 'gzip') headers.set('Content-Encoding', 'gzip');
  return headers;
}

async function answer(
  file: PublishedFile,
  body: ReadableStream | null,
  status: number,
  headers: Headers,
): Promise<Response> {
  if (body === null) await file.handle.close();
  return new Response(body, { status, headers });
}

/** If-None-Match decides, and where it isn't said If-Modified-Since (RFC 9110, 13.2.2). */
function isUnchanged(asked: Headers, ours: Headers): boolean {
  const tags = asked.get('If-None-Match');
  if (tags !== null) {
    const listed = tags.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    return listed.includes('*') || listed.includes(ours.get('ETag')!);
  }
  const since = Date.parse(asked.get('If-Modified-Since') ?? '');
  return Date.parse(ours.get('Last-Modified')!) <= since;
}

/** A range of another edition of the file is no range (RFC 9110, 13.1.5). */
function wantedRange(asked: Headers, ours: Headers, sizeBytes: number) {
  const edition = asked.get('If-Range');
  if (edition !== null && edition !== ours.get('ETag') && edition !== ours.get('Last-Modified')) return undefined;
  return byteRange(asked.get('Range') ?? '', sizeBytes);
}

const readAtOnceBytes = 256 * 1024;

function bodyOf({ handle }: PublishedFile, start: number, end: number, { coding }: Presentation): ReadableStream {
  const file = handle.createReadStream({ start, end, highWaterMark: readAtOnceBytes });
  if (coding !== 'gunzip') return Readable.toWeb(file) as ReadableStream;
  const unpacked = createGunzip();
  file.on('error', (error) => unpacked.destroy(error));
  unpacked.on('close', () => file.destroy());
  return Readable.toWeb(file.pipe(unpacked)) as ReadableStream;
}
