import { z } from 'zod';
import type { Transaction } from './queryable.ts';
import { firstRow, rows } from './rows.ts';

/** A verified wheel that lies on the master's disk; dependencies by package manager. */
export interface NewFile {
  readonly filename: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly tags: readonly string[];
  readonly buildTag: string | null;
  readonly requiresPython: string | null;
  readonly metadataSha256: string;
  readonly hasElf: boolean;
  readonly dependencies: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** What an attempt made, and where. */
export interface Production {
  readonly attempt: number;
  readonly versionId: number;
  readonly targetId: number;
  readonly files: readonly NewFile[];
}

/** Listed; or a file of that name was listed first and stays; or the name once had other content and has none now. */
export type FileFate = 'listed' | 'first-kept' | 'withheld';

export interface FateOfFile {
  readonly filename: string;
  readonly fate: FileFate;
}

const lockNames = {
  name: 'lock-published-names',
  text: `select pg_advisory_xact_lock(hashtextextended(filename, 0)) from unnest($1::text[]) as n (filename)`,
};

const remembered = {
  name: 'remembered-names',
  text: `
    select filename, n.sha256, coalesce(f.listed, false) as listed
    from published_names as n left join files as f using (filename)
    where filename = any ($1)`,
};
const rememberedName = z.object({ filename: z.string(), sha256: z.string(), listed: z.boolean() });

const remember = {
  name: 'remember-names',
  text: `
    insert into published_names (filename, sha256)
    select * from unnest($1::text[], $2::text[])
    on conflict do nothing`,
};

const list = {
  name: 'list-files',
  text: `
    insert into files as old (filename, sha256, version_id, built_on, attempt_id, size_bytes, tags, build_tag,
      requires_python, metadata_sha256, has_elf, dependencies)
    select filename, sha256, $2, $3, $4, "sizeBytes", tags, "buildTag", "requiresPython", "metadataSha256", "hasElf",
      dependencies
    from jsonb_to_recordset($1) as f (filename text, sha256 text, "sizeBytes" bigint, tags text[], "buildTag" text,
      "requiresPython" text, "metadataSha256" text, "hasElf" boolean, dependencies jsonb)
    on conflict (filename) do update
    set listed = true, attempt_id = excluded.attempt_id, built_on = excluded.built_on, published_at = now()
    where not old.listed`,
};

const credit = {
  name: 'credit-files',
  text: `
    insert into attempt_files (attempt_id, filename, sha256)
    select $1, * from unnest($2::text[], $3::text[])`,
};

const isFirst = {
  name: 'is-first-file',
  text: `
    select not exists (
      select from versions as v join files as f using (version_id)
      where f.listed and v.package_id = (select package_id from versions where version_id = $1)
    ) as first`,
};

/** Whether a package has no listed file yet, so that the index will have a new name. */
export async function isFirstOfPackage(tx: Transaction, versionId: number): Promise<boolean> {
  return (await firstRow(tx, isFirst, z.object({ first: z.boolean() }), [versionId]))!.first;
}

/**
 * Publishes what an attempt made, all or none: a name that once had other content and has no file any more withholds them all.
 * Names and hashes are remembered for ever (DESIGN §9); whoever publishes the same name at once comes after.
 */
export async function publishFiles(tx: Transaction, { files, ...made }: Production): Promise<FateOfFile[]> {
  if (files.length === 0) return [];
  const names = files.map(({ filename }) => filename).toSorted();
  await tx.query({ ...lockNames, values: [names] });
  const known = new Map((await rows(tx, remembered, rememberedName, [names])).map((one) => [one.filename, one]));
  const fates = files.map((file) => ({ filename: file.filename, fate: fateOf(file, known.get(file.filename)) }));
  if (fates.some(({ fate }) => fate === 'withheld')) return fates;
  const listed = files.filter((_, index) => fates[index]?.fate === 'listed');
  const column = (key: 'filename' | 'sha256', of: readonly NewFile[]) => of.map((file) => file[key]);
  await tx.query({ ...remember, values: [column('filename', listed), column('sha256', listed)] });
  await tx.query({ ...list, values: [JSON.stringify(listed), made.versionId, made.targetId, made.attempt] });
  await tx.query({ ...credit, values: [made.attempt, column('filename', files), column('sha256', files)] });
  return fates;
}

function fateOf(file: NewFile, known: z.output<typeof rememberedName> | undefined): FileFate {
  if (!known || known.sha256 === file.sha256) return 'listed';
  return known.listed ? 'first-kept' : 'withheld';
}
