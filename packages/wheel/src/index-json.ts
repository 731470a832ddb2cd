import { z } from 'zod';
import { IndexReplyError, requireVersion1 } from './index-reply-error.ts';
import {
  fileUrl,
  isFilename,
  linkOrNull,
  mostFiles,
  plainText,
  requiresPythonOrNull,
  sha256OrNull,
  yankedOrNull,
} from './listed-file.ts';
import { type ProjectFile, type ProjectPage, projectStatuses } from './project-file.ts';
import { isUploadTime } from './upload-time.ts';

const hashes = z.record(z.string(), z.string());
const metadata = z.union([z.boolean(), hashes]).optional().catch(undefined);

const status = z.object({
  status: z.enum(projectStatuses),
  reason: z.string().max(2000).nullish().catch(null),
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
  hashes: hashes.catch({}),
  'requires-python': z.string().nullish().catch(null),
  size: z.int().nonnegative().nullable().catch(null),
  'upload-time': z.string().refine(isUploadTime).nullable().catch(null),
  yanked: z.union([z.boolean(), z.string().max(10_000)]).catch(false),
  'core-metadata': metadata,
  'dist-info-metadata': metadata,
  provenance: z.string().nullish().catch(null),
});

/** Reads a package's page in JSON that was had from `url` (PEP 691, 700, 714, 740, 792). */
export function readProjectJson(body: string, url: URL): Omit<ProjectPage, 'name'> {
  const parsed = page.safeParse(parseOrNull(body));
  if (!parsed.success) throw new IndexReplyError('The index answered with JSON that is no page of PEP 691.');
  requireVersion1(parsed.data.meta['api-version']);
  const { versions, 'project-status': told } = parsed.data;
  return {
    files: parsed.data.files.map((listed) => readFile(listed, url)).filter((found) => found !== undefined),
    versions,
    status: told?.status ?? 'active',
    statusReason: told?.reason == null ? null : plainText(told.reason),
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
    sha256: sha256OrNull(data.hashes['sha256']),
    sizeBytes: data.size,
    uploadedAt: data['upload-time'],
    requiresPython: requiresPythonOrNull(data['requires-python']),
    yanked: yankedOrNull(data.yanked),
    metadataSha256: typeof metadata === 'object' ? sha256OrNull(metadata['sha256']) : null,
    provenance: linkOrNull(data.provenance, page),
  };
}

function parseOrNull(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
