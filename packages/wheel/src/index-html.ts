import { Parser } from 'htmlparser2';
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
import { type ProjectFile, type ProjectStatus, projectStatuses } from './project-file.ts';
import { isUploadTime } from './upload-time.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** Reads a package's page in HTML that was had from `page` (PEP 503, 592, 629, 658, 714, 740, 792). */
export function readProjectHtml(body: string, page: URL): ProjectStatus & { readonly files: ProjectFile[] } {
  const anchors: Attributes[] = [];
  const told = new Map<string, string>();
  let base: string | undefined;
  const parser = new Parser({
    onopentag(tag, attributes: Attributes) {
      if (tag === 'a') anchors.push(attributes);
      if (tag === 'base') base ??= attributes['href'];
      if (tag === 'meta') told.set(attributes['name'] ?? '', attributes['content'] ?? '');
      if (anchors.length > mostFiles) throw new IndexReplyError(`The index lists more than ${mostFiles} files.`);
    },
  });
  parser.end(body);
  requireVersion1(told.get('pypi:repository-version'));
  const origin = base === undefined ? page : (fileUrl(base, page) ?? page);
  const files = anchors.map((anchor) => readAnchor(anchor, origin)).filter((file) => file !== undefined);
  return { files, ...statusOf(told) };
}

function statusOf(told: ReadonlyMap<string, string>): ProjectStatus {
  const status = projectStatuses.find((known) => known === told.get('pypi:project-status')) ?? 'active';
  const reason = told.get('pypi:project-status-reason');
  return { status, statusReason: reason === undefined ? null : plainText(reason.slice(0, 2000)) };
}

function readAnchor(anchor: Attributes, page: URL): ProjectFile | undefined {
  const url = fileUrl(anchor['href']?.trim() ?? '', page);
  const filename = url && lastSegment(url);
  if (!url || !filename || !isFilename(filename)) return undefined;
  const sha256 = sha256OrNull(new URLSearchParams(url.hash.slice(1)).get('sha256'));
  url.hash = '';
  const metadata = anchor['data-core-metadata'] ?? anchor['data-dist-info-metadata'];
  const uploadTime = anchor['data-upload-time'] ?? '';
  return {
    filename,
    url: url.href,
    sha256,
    sizeBytes: null,
    // No PEP has this attribute, but several indexes do.
    uploadedAt: isUploadTime(uploadTime) ? uploadTime : null,
    requiresPython: requiresPythonOrNull(anchor['data-requires-python']),
    yanked: yankedOrNull(anchor['data-yanked']),
    metadataSha256: sha256OrNull(metadata?.replace(/^sha256=/, '')),
    provenance: linkOrNull(anchor['data-provenance'], page),
  };
}

function lastSegment({ pathname }: URL): string | undefined {
  try {
    return decodeURIComponent(pathname.slice(pathname.lastIndexOf('/') + 1));
  } catch {
    return undefined; // "%" that encodes nothing
  }
}
