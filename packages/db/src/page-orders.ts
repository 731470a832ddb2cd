import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** The pages of one package, the index's list of packages, or the pages about the whole farm. */
const kind = z.enum(['package', 'index', 'home']);

/** A page: the subject is its package's name, empty for pages about everything. */
export interface Page {
  readonly kind: z.output<typeof kind>;
  readonly subject: string;
}

/** A page that is due, as of a generation: what changes while it is written is a new order. */
export interface PageOrder extends Page {
  readonly generation: number;
}

/** After how many milliseconds pages that were written may be written again: those of a package, and lists of everything. */
export interface Pace {
  readonly pageMs: number;
  readonly listMs: number;
}

/** A page's first change is due at once, further ones in one write once its pace allows. A package's first page changes the lists. */
const order = {
  name: 'order-pages',
  text: `
    insert into pages (kind, subject)
    with ordered as (select kind, subject from unnest($1::text[], $2::text[]) as p (kind, subject))
    select kind, subject from ordered
    union
    select 'index', '' from ordered
    where kind = 'package'
      and not exists (select from pages as known where (known.kind, known.subject) = (ordered.kind, ordered.subject))
    order by 1, 2
    on conflict (kind, subject) do update
    set generation = pages.generation + 1, ordered_at = coalesce(pages.ordered_at, now()),
      due_at = case when pages.ordered_at is null then greatest(now(), pages.due_at) else pages.due_at end`,
};

const orderKnown = {
  name: 'order-known-pages',
  text: `
    update pages
    set generation = generation + 1, ordered_at = coalesce(ordered_at, now()),
      due_at = case when ordered_at is null then greatest(now(), due_at) else due_at end
    where kind = 'package' and subject = any ($1)`,
};

const orderOf = {
  name: 'packages-of-versions',
  text: `select distinct name from versions join packages using (package_id) where version_id = any ($1)`,
};

const next = {
  name: 'next-page-orders',
  text: `
    select kind, subject, generation from pages
    where ordered_at is not null and due_at <= now()
    order by due_at
    limit $1`,
};
const pageOrder = z.object({ kind, subject: z.string(), generation: z.int() });

const wait = {
  name: 'next-page-wait',
  text: `
    select (extract(epoch from min(due_at) - now()) * 1000)::float8 as "waitMs" from pages
    where ordered_at is not null`,
};

/** As of which generation each page was written, and after how many milliseconds it may be written again. */
const done = `unnest($1::text[], $2::text[], $3::integer[], $4::float8[]) as done (kind, subject, generation, "againMs")`;
const setWritten = `
    set written_at = now(), due_at = now() + "againMs" * interval '1 ms',
      ordered_at = case when pages.generation > done.generation then ordered_at end`;

/** Who orders pages may hold some and wait for others: a statement that writes several takes only those that nobody holds. */
const writtenUnlessHeld = {
  name: 'pages-written-unless-held',
  text: `
    with done as materialized (
      select done.* from ${done} join pages using (kind, subject) for no key update of pages skip locked
    )
    update pages ${setWritten}
    from done
    where (pages.kind, pages.subject) = (done.kind, done.subject)
    returning pages.kind, pages.subject`,
};
const pageKey = z.object({ kind, subject: z.string() });

const written = {
  name: 'page-written',
  text: `update pages ${setWritten} from ${done} where (pages.kind, pages.subject) = (done.kind, done.subject)`,
};

/** Orders pages to be written. */
export async function orderPages(db: Queryable, pages: readonly Page[]): Promise<void> {
  if (pages.length === 0) return;
  await db.query({ ...order, values: [pages.map((page) => page.kind), pages.map(({ subject }) => subject)] });
}

/** Orders those pages of packages that were ever ordered: a package's first page is its first news of its own, and comes at once. */
export async function orderKnownPages(db: Queryable, names: readonly string[]): Promise<void> {
  await db.query({ ...orderKnown, values: [names] });
}

/** The same of the packages that versions belong to. */
export async function orderKnownPagesOf(db: Queryable, versionIds: readonly number[]): Promise<void> {
  const packages = await rows(db, orderOf, z.object({ name: z.string() }), [versionIds]);
  await orderKnownPages(
    db,
    packages.map(({ name }) => name),
  );
}

/** The pages that are due, the longest waiting first. */
export const nextPageOrders = (db: Queryable, limit: number): Promise<PageOrder[]> =>
  rows(db, next, pageOrder, [limit]);

/** In how many milliseconds the next page is due; null where none is ordered. */
export async function nextPageWaitMs(db: Queryable): Promise<number | null> {
  const { waitMs } = (await firstRow(db, wait, z.object({ waitMs: z.number().nullable() })))!;
  return waitMs === null ? null : Math.max(0, waitMs);
}

/** Pages were written as of their generations: those orders are done, later ones stand until the pace allows them. */
export async function pagesWritten(db: Queryable, orders: readonly PageOrder[], pace: Pace): Promise<void> {
  if (orders.length === 0) return;
  const freed = await rows(db, writtenUnlessHeld, pageKey, columnsOf(orders, pace));
  if (freed.length === orders.length) return;
  const keys = new Set(freed.map(keyOf));
  for (const order of orders)
    if (!keys.has(keyOf(order))) await db.query({ ...written, values: columnsOf([order], pace) });
}

const keyOf = ({ kind: which, subject }: Page): string => `${which} ${subject}`;

const columnsOf = (orders: readonly PageOrder[], { pageMs, listMs }: Pace): unknown[] => [
  orders.map((order) => order.kind),
  orders.map(({ subject }) => subject),
  orders.map(({ generation }) => generation),
  orders.map((order) => (order.kind === 'package' ? pageMs : listMs)),
];
