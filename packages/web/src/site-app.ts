import type { Logger } from '@piw/host/log';
import { type Context, Hono } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { cacheControl, contentType } from './content-type.ts';
import { formatType, type IndexType, indexHtml, indexJson, negotiate, plainHtml } from './negotiate.ts';
import { openPublished, type PublishedFile } from './open-published.ts';
import { type Presentation, sendFile } from './send-file.ts';
import { isIndexFolder, packageOf, sitePath } from './site-path.ts';
import type { UpstreamIndex } from './upstream-index.ts';

/** What a site is served from: the real path of the output directory, and where packages are that it lacks. */
export interface SiteSource {
  readonly root: string;
  readonly upstream: UpstreamIndex;
}

/** The site as an HTTP application. */
export function siteApp(source: SiteSource, log: Logger): Hono {
  const app = new Hono();
  app.use(async (c, next) => {
    await next();
    c.header('X-Content-Type-Options', 'nosniff');
    log.debug({ status: c.res.status }, `${c.req.method} ${c.req.path}`);
  });
  app.get('*', (c) => answer(c, source));
  app.all('*', (c) => c.text('Only GET and HEAD are understood here.\n', 405, { Allow: 'GET, HEAD' }));
  app.onError((error, c) => {
    log.error({ err: error }, `${c.req.path} can't be served`);
    return c.text('The server failed; its log says why.\n', 500);
  });
  return app;
}

async function answer(c: Context, source: SiteSource): Promise<Response> {
  const { root } = source;
  const { pathname, search } = new URL(c.req.url);
  const asked = sitePath(pathname);
  if (asked.kind === 'redirect') return c.redirect(`${asked.to}${search}`, 301);
  if (asked.kind === 'nothing') return notFound(c, root);
  const { segments, folder } = asked;
  if (folder) return isIndexFolder(segments) ? sendIndex(c, source, segments) : sendFolder(c, root, segments);
  const found = await openPublished(root, segments);
  if (found === 'folder') return c.redirect(`./${encodeURIComponent(segments.at(-1)!)}/${search}`, 301);
  return found === 'nothing'
    ? sendElsewhere(c, source, segments)
    : sendFile(c.req.raw, found, presentation(c, segments));
}

async function sendFolder(c: Context, root: string, folder: readonly string[]): Promise<Response> {
  for (const name of ['index.html', 'index.json']) {
    const segments = [...folder, name];
    const found = await openPublished(root, segments);
    if (typeof found !== 'string') return sendFile(c.req.raw, found, presentation(c, segments));
  }
  return notFound(c, root);
}

/** An index page in the form that the client likes best (PEP 691). */
async function sendIndex(c: Context, source: SiteSource, folder: readonly string[]): Promise<Response> {
  const { root } = source;
  const html = await openPublished(root, [...folder, 'index.html']);
  const json = await openPublished(root, [...folder, 'index.json']);
  const forms = new Map<IndexType, PublishedFile>();
  if (typeof html !== 'string') forms.set(plainHtml, html).set(indexHtml, html);
  if (typeof json !== 'string') forms.set(indexJson, json);
  const format = c.req.query('format');
  const available = [...forms.keys()];
  const type = format === undefined ? negotiate(c.req.header('Accept'), available) : formatType(format, available);
  const chosen = type === undefined ? undefined : forms.get(type);
  for (const file of new Set(forms.values())) if (file !== chosen) await file.handle.close();
  if (forms.size === 0) return sendElsewhere(c, source, folder);
  if (type === undefined || chosen === undefined)
    return c.text(`This page comes as ${available.join(', ')}.\n`, 406, { Vary: 'Accept' });
  return sendFile(c.req.raw, { ...chosen, tag: `${chosen.tag}-${tagSuffix[type]}` }, indexPresentation(type));
}

/** A package that the farm lacks is looked for upstream, where that is merged, so that pip and uv need no other index. */
async function sendElsewhere(
  c: Context,
  { root, upstream }: SiteSource,
  segments: readonly string[],
): Promise<Response> {
  const name = packageOf(segments);
  const index = name === undefined ? undefined : await upstream();
  if (index === undefined) return notFound(c, root);
  c.header('Cache-Control', 'no-cache');
  return c.redirect(`${index}${name}/${new URL(c.req.url).search}`, 302);
}

/** One file under two media types is two representations, which must have different tags. */
const tagSuffix: Readonly<Record<IndexType, string>> = { [plainHtml]: 't', [indexHtml]: 'h', [indexJson]: 'j' };

const indexPresentation = (type: IndexType): Presentation => ({
  contentType: type === plainHtml ? `${plainHtml}; charset=utf-8` : type,
  cacheControl: cacheControl(['simple']),
  vary: ['Accept'],
  coding: 'identity',
  status: 200,
});

function presentation(c: Context, segments: readonly string[], status = 200): Presentation {
  const compressed = segments.at(-1)!.endsWith('.txt.gz');
  return {
    contentType: contentType(segments),
    cacheControl: cacheControl(segments),
    vary: compressed ? ['Accept-Encoding'] : [],
    coding: !compressed ? 'identity' : takesGzip(c.req.header('Accept-Encoding')) ? 'gzip' : 'gunzip',
    status,
  };
}

/** A client that says nothing of encodings gets text: most of those can't unpack it. */
const takesGzip = (accepted: string | undefined): boolean =>
  parseAccept((accepted ?? '').slice(0, 1000)).some(({ type, q }) => ['gzip', 'x-gzip', '*'].includes(type) && q > 0);

async function notFound(c: Context, root: string): Promise<Response> {
  const page = await openPublished(root, ['404.html']);
  if (typeof page === 'string') return c.text('There is no such page.\n', 404);
  return sendFile(c.req.raw, page, presentation(c, ['404.html'], 404));
}
