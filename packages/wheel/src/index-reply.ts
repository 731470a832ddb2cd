import { readProjectHtml } from './index-html.ts';
import { readProjectJson } from './index-json.ts';
import { IndexReplyError } from './index-reply-error.ts';
import type { ProjectFile, ProjectPage } from './project-file.ts';

export type { ProjectFile };

/** The files that an index lists for a package, in its order. */
export interface ProjectListing {
  readonly files: readonly ProjectFile[];
}

/** All that an index says of a package; HTML doesn't tell the versions. */
export type ProjectReply = Omit<ProjectPage, 'name'> & {
  /** Whether it says that it is an index's page: JSON does (PEP 691), HTML may (PEP 629), and what a server sends in trouble does not. */
  readonly isMarked: boolean;
};

/** What to ask an index for: JSON, then HTML (PEP 691, "Version + Format Selection"). */
export const accept =
  'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.01';

/** A reply of 128 Mi characters is several times the longest on PyPI. */
const longestReply = 128 * 2 ** 20;

/**
 * Reads an index's page of a package, JSON (PEP 691) or HTML (PEP 503), that was had from `url`. Files that are listed
 * badly are passed over. Throws an IndexReplyError where the reply is no such page.
 */
export function readProjectReply(body: string, contentType: string, url: string): ProjectReply {
  if (body.length > longestReply) throw new IndexReplyError('The index answered with more than 128 MiB.');
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase();
  switch (type) {
    case 'application/vnd.pypi.simple.v1+json':
      return { isMarked: true, ...readProjectJson(body, new URL(url)) };
    case 'application/vnd.pypi.simple.v1+html':
    case 'text/html':
      return { versions: [], ...readProjectHtml(body, new URL(url)) };
    default:
      throw new IndexReplyError(
        `The index answered with "${contentType.slice(0, 100)}", not with a page of PEP 503 or 691.`,
      );
  }
}
