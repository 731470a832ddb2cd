import { parseAccept } from 'hono/utils/accept';

/** The media types of an index page (PEP 691, "Content-Types"). */
export const indexJson = 'application/vnd.pypi.simple.v1+json';
export const indexHtml = 'application/vnd.pypi.simple.v1+html';
export const plainHtml = 'text/html';

export type IndexType = typeof indexJson | typeof indexHtml | typeof plainHtml;

/** Whoever names its types is a program and fares best with JSON; who takes anything is old, or a person. */
const forNamed: readonly IndexType[] = [indexJson, indexHtml, plainHtml];
const forAnything: readonly IndexType[] = [plainHtml, indexHtml, indexJson];

/**
 * The type in which to answer an Accept header (RFC 9110, 12.5.1) with what there is: the highest quality, then the
 * most exactly named. Undefined where nothing suits. No header at all means anything.
 */
export function negotiate(accept: string | undefined, available: readonly IndexType[]): IndexType | undefined {
  const ranges = accept?.trim()
    ? parseAccept(accept.slice(0, 2000).replaceAll('.latest+', '.v1+'))
    : [{ type: '*/*', q: 1 }];
  const judged = available.flatMap((type) => {
    const { q, exactness } = judge(type, ranges);
    const order = exactness === 1 ? forAnything : forNamed;
    return q > 0 ? [{ type, q, exactness, rank: order.indexOf(type) }] : [];
  });
  judged.sort((a, b) => b.q - a.q || b.exactness - a.exactness || a.rank - b.rank);
  return judged[0]?.type;
}

/** The most specific range that covers a type decides its quality. */
function judge(type: IndexType, ranges: readonly { type: string; q: number }[]): { q: number; exactness: number } {
  const family = `${type.split('/')[0]!}/*`;
  let best = { q: 0, exactness: 0 };
  for (const { type: given, q } of ranges) {
    const range = given.toLowerCase();
    const exactness = range === type ? 3 : range === family ? 2 : range === '*/*' ? 1 : 0;
    if (exactness > best.exactness) best = { q, exactness };
  }
  return best;
}

/** The type that `?format=` asks for (PEP 691, "URL Parameter"), instead of the header. */
export const formatType = (format: string, available: readonly IndexType[]): IndexType | undefined =>
  available.find((type) => type === format.trim().replace(' ', '+').replace('.latest+', '.v1+'));
