import { z } from 'zod';
import type { NewFile } from './publish-files.ts';
import type { Queryable } from './queryable.ts';
import { rows } from './rows.ts';

const publishedFile = z.object({
  filename: z.string(),
  sha256: z.string(),
  sizeBytes: z.int(),
  tags: z.array(z.string()),
  buildTag: z.string().nullable(),
  requiresPython: z.string().nullable(),
  metadataSha256: z.string(),
  hasElf: z.boolean(),
  dependencies: z.record(z.string(), z.array(z.string())),
});

const text = `
  select filename, sha256, size_bytes as "sizeBytes", tags, build_tag as "buildTag", requires_python as "requiresPython",
    metadata_sha256 as "metadataSha256", has_elf as "hasElf", dependencies
  from files
  where (filename, sha256) in (select * from unnest($1::text[], $2::text[]))`;

/** Those of the files that the farm has already with just that content: what is known of them, so that they needn't be fetched again. */
export const publishedFiles = (
  db: Queryable,
  files: readonly { readonly filename: string; readonly sha256: string }[],
): Promise<NewFile[]> =>
  rows(db, { name: 'published-files', text }, publishedFile, [
    files.map(({ filename }) => filename),
    files.map(({ sha256 }) => sha256),
  ]);
