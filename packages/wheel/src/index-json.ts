import { z } from 'zod';
import { boundedJson } from './bounded-json.ts';
import { fileHashes } from './file-hashes.ts';
import { IndexReplyError, requireVersion1 } from './index-reply-error.ts';
import { fileUrl, isFilename, linkOrNull, mostFiles, requiresPythonOrNull, yankedInJson } from './listed-file.ts';
import { plainText } from './plain-text.ts';
import { type ProjectFile, type ProjectPage, projectStatuses } from './project-file.ts';
import { isUploadTime } from './upload-time.ts';

const metadata = z
  .union([z.boolean(), z.record(z.string(), z.unknown())])
  .optional()
  .catch(undefined);

const status = z.object({
  status: z.enum(projectStatuses),
  reason: z.string().nullish().catch(null),
});

const page = z.object({
  meta: z.object({ 'api-version': z.string() }),
  files: z.array(z.unknown()).max(mostFiles),
  versions: z.array(z.string().max(200)).max(mostFiles).catch([]),
  'project-status': status.optional().catch(undefined),
});

const file = z.object({
  filename: z.string().refine(isFilename),
  url: z.string(),
  hashes: z.unknown().optional(),
  'requires-python': z.string().nullish().catch(null),
  size: z.int().nonnegative().nullable().catch(null),
  'upload-time': z.string().refine(isUploadTime).nullable().catch(null),
  yanked: z.unknown().optional(),
  'core-metadata': metadata,
  'dist-info-metadata': metadata,
  provenance: z.string().nullish().catch(null),
});

/** Reads a package's page in JSON that was had from `url` (PEP 691, 700, 714, 740, 792). */
export function readProjectJson(body: string, url: URL): Omit<ProjectPage, 'name'> {
  const parsed = page.safeParse(boundedJson(body));
  if (!parsed.success) throw new IndexReplyError('The index answered with JSON that is no page of PEP 691.');
  requireVersion1(parsed.data.meta['api-version']);
  const { versions, 'project-status': told } = parsed.data;
  return {
    files: parsed.data.files.map((listed) => readFile(listed, url)).filter((found) => found !== undefined),
    versions,
    status: told?.status ?? 'active',
    statusReason: told?.reason == null ? null : plainText(told.reason.slice(0, 2000)),
  };
}

function readFile(listed: unknown, page: URL): ProjectFile | undefined {
  const parsed = file.safeParse(listed);
  const url = parsed.success ? fileUrl(parsed.data.url, page) : undefined;
  if (!parsed.success || !url) return undefined;
  const { data } = parsed;
  const metadata = data['core-metadata'] ?? data['dist-info-metadata'];
  url.hash = '';
  return {
    filename: data.filename,
    url: url.href,
    ...fileHashes(data.hashes),
    sizeBytes: data.size,
    uploadedAt: data['upload-time'],
    requiresPython: requiresPythonOrNull(data['requires-python']),
    yanked: yankedInJson(data.yanked),
    metadataSha256: fileHashes(metadata).sha256,
    provenance: linkOrNull(data.provenance, page),
  };
}
