import { indexJson, plainHtml } from './negotiate.ts';
import { isIndexFolder } from './site-path.ts';

const byExtension: Readonly<Record<string, string>> = {
  '.whl': 'application/octet-stream',
  '.metadata': 'text/plain; charset=utf-8',
  '.html': `${plainHtml}; charset=utf-8`,
  '.json': 'application/json',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.xml': 'application/xml',
  '.txt': 'text/plain; charset=utf-8',
  '.txt.gz': 'text/plain; charset=utf-8',
};

/** The media type of a published file; the JSON of an index page says so (PEP 691). */
export function contentType(segments: readonly string[]): string {
  const name = segments.at(-1) ?? '';
  if (name === 'index.json' && isIndexFolder(segments.slice(0, -1))) return indexJson;
  const extension = /(?:\.txt\.gz|\.[a-z]+)$/.exec(name)?.[0] ?? '';
  return byExtension[extension] ?? 'application/octet-stream';
}

/** How long a copy may be used unasked: what lies below its hash never changes, everything else may at any time. */
export const cacheControl = (segments: readonly string[]): string =>
  segments[0] === 'packages' ? 'public, max-age=31536000, immutable' : 'no-cache';
