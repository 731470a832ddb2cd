import { Parser } from 'htmlparser2';
import { hashInFragment, sha256OrNull } from './file-hashes.ts';
import { IndexReplyError, requireVersion1 } from './index-reply-error.ts';
import { fileUrl, isFilename, linkOrNull, mostFiles, requiresPythonOrNull, yankedInHtml } from './listed-file.ts';
import { plainText } from './plain-text.ts';
import { type ProjectFile, type ProjectStatus, projectStatuses } from './project-file.ts';
import { isUploadTime } from './upload-time.ts';

type Attributes = Readonly<Record<string, string | undefined>>;

/** More words than a tag has that means well; each is remembered while it is read. */
const mostAttributes = 100;

/** Tags one after the other: none is kept to wait for its end, which would cost time that grows with the square of how deep a page is. */
class FlatParser extends Parser {
  protected override isVoidElement(): boolean {
    return true;
  }
}

/** Reads a package's page in HTML that was had from `page` (PEP 503, 592, 629, 658, 714, 740, 792). */
export function readProjectHtml(body: string, page: URL): HtmlPage {
  const { anchors, told, base } = readTags(body);
  const version = told.get('pypi:repository-version');
  requireVersion1(version);
  const origin = base === undefined ? page : (fileUrl(base, page) ?? page);
  const files = anchors.map((anchor) => readAnchor(anchor, origin)).filter((file) => file !== undefined);
  return { files, ...statusOf(told), isMarked: version !== undefined };
}

interface HtmlPage extends ProjectStatus {
  readonly files: ProjectFile[];
  readonly isMarked: boolean;
}

interface Tags {
  readonly anchors: readonly Attributes[];
  /** By their names, those that PEPs know. */
  readonly told: ReadonlyMap<string, string>;
  readonly base: string | undefined;
}

function readTags(body: string): Tags {
  const anchors: Attributes[] = [];
  const told = new Map<string, string>();
  let base: string | undefined;
  let attributesOfTag = 0;
  const parser = new FlatParser({
    onopentagname() {
      attributesOfTag = 0;
    },
    onattribute() {
      attributesOfTag += 1;
      if (attributesOfTag > mostAttributes) throw new IndexReplyError('The index answered with a tag that never ends.');
    },
    onopentag(tag, attributes: Attributes) {
      const { name = '', content = '', href } = attributes;
      if (tag === 'a') anchors.push(attributes);
      if (tag === 'base') base ??= href;
      if (tag === 'meta' && metaNames.has(name)) told.set(name, content);
      if (anchors.length > mostFiles) throw new IndexReplyError(`The index lists more than ${mostFiles} files.`);
    },
  });
  parser.end(body);
  return { anchors, told, base };
}

const metaNames = new Set(['pypi:repository-version', 'pypi:project-status', 'pypi:project-status-reason']);

function statusOf(told: ReadonlyMap<string, string>): ProjectStatus {
  const status = projectStatuses.find((known) => known === told.get('pypi:project-status')) ?? 'active';
  const reason = told.get('pypi:project-status-reason');
  return { status, statusReason: reason === undefined ? null : plainText(reason.slice(0, 2000)) };
}

function readAnchor(anchor: Attributes, page: URL): ProjectFile | undefined {
  const url = fileUrl(anchor['href']?.trim() ?? '', page);
  const filename = url && lastSegment(url);
  if (!url || !filename || !isFilename(filename)) return undefined;
  const hash = hashInFragment(url.hash);
  url.hash = '';
  const metadata = anchor['data-core-metadata'] ?? anchor['data-dist-info-metadata'];
  const uploadTime = anchor['data-upload-time'] ?? '';
  return {
    filename,
    url: url.href,
    ...hash,
    sizeBytes: null,
    // No PEP has this attribute, but several indexes do.
    uploadedAt: isUploadTime(uploadTime) ? uploadTime : null,
    requiresPython: requiresPythonOrNull(anchor['data-requires-python']),
    yanked: yankedInHtml(anchor['data-yanked']),
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
