import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type ProjectPage, projectStatuses } from '@piw/wheel/project-file';
import { z } from 'zod';

const file = z.object({
  filename: z.string(),
  url: z.string(),
  sha256: z.string().nullable(),
  otherHashes: z.record(z.string(), z.string()).optional(),
  sizeBytes: z.number().nullable(),
  uploadedAt: z.string().nullable(),
  requiresPython: z.string().nullable(),
  yanked: z.union([z.string(), z.boolean()]).nullable(),
  metadataSha256: z.string().nullable(),
  provenance: z.string().nullable(),
});
const listing = z.object({
  files: z.array(file),
  versions: z.array(z.string()),
  status: z.enum(projectStatuses),
  statusReason: z.string().nullable(),
});

/** All that upstream's page of a package says. */
export type UpstreamListing = z.output<typeof listing>;

/** The same as it is stored. */
export interface PackedListing {
  readonly listing: Buffer;
  readonly digest: string;
}

/** Packs a listing; what says the same has the same digest. */
export async function packListing({ files, versions, ...about }: Omit<ProjectPage, 'name'>): Promise<PackedListing> {
  const { status, statusReason } = about;
  const text = JSON.stringify({ files, versions, status, statusReason });
  const digest = createHash('sha256').update(text).digest('hex');
  return { listing: await promisify(gzip)(text, { level: 6 }), digest };
}

/** Reads a stored listing. */
export const unpackListing = async (packed: Buffer): Promise<UpstreamListing> =>
  listing.parse(JSON.parse((await promisify(gunzip)(packed)).toString('utf8')));
