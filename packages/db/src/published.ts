import { z } from 'zod';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const listed = z.object({ filename: z.string(), sha256: z.string(), listed: z.boolean() });

const text = `
  select filename, sha256, listed from files
  where (filename, sha256) in (select * from unnest($1::text[], $2::text[]))`;

/** Which of these files the farm has already, with just that content, so that they needn't be fetched again. */
export const havePublished = (
  db: Queryable,
  files: readonly { readonly filename: string; readonly sha256: string }[],
): Promise<z.output<typeof listed>[]> =>
  rows(db, { name: 'have-published', text }, listed, [
    files.map(({ filename }) => filename),
    files.map(({ sha256 }) => sha256),
  ]);
