import { aName } from '@piw/db/testing/small-farm';
import { upstreamListings } from '@piw/db/upstream-pages';
import { onTestFinished } from 'vitest';
import { newFolder } from '../../testing/test-premises.ts';
import { SiteFolder } from '../../write-site/site-folder.ts';
import { type Following, followUpstream, type UpstreamNews } from '../follow-upstream.ts';
import { UpstreamClient } from '../upstream-client.ts';
import { type SmallAnswer, type SmallReply, startIndex } from './small-index.ts';

/** How a test's follower goes about it; milliseconds. */
export interface FollowOptions {
  readonly everyMs?: number;
  readonly gapMs?: number;
  readonly retryMs?: number;
  readonly patienceMs?: number;
}

/** What an index tells of a package, told apart by an edition; in JSON as PEP 691 has it. */
export const page = (edition: string, ...files: object[]): SmallReply => ({
  ...{ status: 200, etag: `"${edition}"` },
  body: JSON.stringify({ meta: { 'api-version': '1.1' }, name: 'x', versions: [], files }),
});
/** An entry of such a page. */
export const file = (filename: string, known: object = {}) => ({
  filename,
  url: `/files/${filename}`,
  hashes: {},
  ...known,
});

/** A follower of an index that answers as it is told, and what became of it. */
export async function beginFollowing(db: Following['db'], answer: SmallAnswer, options: FollowOptions = {}) {
  const { everyMs = 3_600_000, gapMs = 0, retryMs = 50, patienceMs = 60_000 } = options;
  const asked: { readonly path: string; readonly known: string | undefined; readonly atMs: number }[] = [];
  const index = await startIndex((path, headers) => {
    const known = headers['if-none-match'];
    asked.push({ path, known, atMs: performance.now() });
    const reply = answer(path, headers);
    return reply?.etag !== undefined && reply.etag === known ? { ...reply, status: 304, body: '' } : reply;
  });
  const news: UpstreamNews[] = [];
  const output = newFolder();
  const stopping = new AbortController();
  const client = new UpstreamClient({
    ...{ indexUrl: index.url, path: process.env['PATH'] ?? '', debug: () => undefined, patienceMs },
  });
  const running = followUpstream(
    {
      ...{ db, client, folder: new SiteFolder(output), log: { debug: () => undefined } },
      ...{ pace: { everyMs, gapMs, retryMs, lookMs: 10 }, tell: (one) => void news.push(one) },
    },
    stopping.signal,
  );
  const stop = async () => {
    stopping.abort();
    client.stop();
    await running;
  };
  onTestFinished(async () => {
    await stop();
    await index.close();
  });
  const listed = async (name: string) =>
    (await upstreamListings(db, [aName(name)])).get(aName(name))?.files.map(({ filename }) => filename);
  return { asked, index, news, output, listed, stop };
}
