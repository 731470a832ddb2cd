import type { PackageMatrix } from '@piw/db/package-matrix';
import type { Project } from '@piw/db/project-files';

/** All that the pages of a package tell of it. */
export interface PackageStory extends PackageMatrix {
  readonly status: Project['status'];
  /** Its listed files: by version from old to new, then by name. */
  readonly files: Project['files'];
}
