import type { PackageMatrix } from '@piw/db/package-matrix';
import type { Project, ProjectFileRow } from '@piw/db/project-files';
import type { UpstreamListing } from '@piw/db/upstream-listing';
import { mergePages } from '@piw/wheel/merge-pages';
import type { PackageName } from '@piw/wheel/package-name';
import type { ProjectFile, ProjectPage } from '@piw/wheel/project-file';
import { projectJson } from '@piw/wheel/simple-json';
import { projectHtml } from '@piw/wheel/simple-page';
import { wheelPath } from '../published-path.ts';
import type { AboutSite } from './about-site.ts';
import { packageJson } from './package-json.ts';
import type { PackageStory } from './package-story.ts';
import { packagePage } from './pages/package-page.tsx';

/** What is known of a package; undefined is what the farm doesn't know, or upstream doesn't list. */
export interface KnownPackage {
  readonly name: PackageName;
  readonly project: Project | undefined;
  readonly matrix: PackageMatrix | undefined;
  readonly upstream: UpstreamListing | undefined;
  readonly about: AboutSite;
}

/** The pages of a package by their paths, and the folders that it has no pages in. */
export interface DrawnPackage {
  readonly pages: Readonly<Record<string, string>>;
  readonly gone: readonly string[];
}

/**
 * Draws the pages of a package: in the simple indexes if it has listed files (a page without any would keep pip and uv
 * from looking elsewhere), and for people and programs.
 */
export function drawPackage({ name, project, matrix, upstream, about }: KnownPackage): DrawnPackage {
  const isListed = project !== undefined && project.files.length > 0;
  const isKnown = project !== undefined && matrix !== undefined;
  return {
    pages: {
      ...(isListed && indexPages(name, project, upstream)),
      ...(isKnown && storyPages(name, { ...matrix, status: project.status, files: project.files }, about)),
    },
    gone: [...(isListed ? [] : [`simple/${name}`, `own/simple/${name}`]), ...(isKnown ? [] : [`project/${name}`])],
  };
}

const storyPages = (name: PackageName, story: PackageStory, about: AboutSite): Readonly<Record<string, string>> => ({
  [`project/${name}/index.html`]: packagePage(story, about),
  [`project/${name}/json/index.json`]: packageJson(story),
});

/** What is ours alone, and the same with what upstream has, as it was last heard. */
function indexPages(
  name: PackageName,
  project: Project,
  upstream: UpstreamListing | undefined,
): Readonly<Record<string, string>> {
  const statusReason = upstream?.statusReason ?? null;
  const ours = pageOf(project, '../../', statusReason);
  return {
    ...inBothForms(`simple/${name}`, upstream ? mergePages(ours, upstream) : ours),
    ...inBothForms(`own/simple/${name}`, pageOf(project, '../../../', statusReason)),
  };
}

const inBothForms = (path: string, page: ProjectPage): Readonly<Record<string, string>> => ({
  [`${path}/index.html`]: projectHtml(page),
  [`${path}/index.json`]: projectJson(page),
});

const pageOf = (project: Project, root: string, statusReason: string | null): ProjectPage => ({
  name: project.package,
  files: project.files.map((file) => listed(file, root)),
  versions: project.files.map(({ version }) => version),
  status: project.status,
  statusReason,
});

const listed = (file: ProjectFileRow, root: string): ProjectFile => ({
  filename: file.filename,
  url: `${root}${wheelPath(file.sha256, file.filename)}`,
  sha256: file.sha256,
  sizeBytes: file.sizeBytes,
  uploadedAt: new Date(file.publishedMs),
  requiresPython: file.requiresPython,
  yanked: file.yanked,
  metadataSha256: file.metadataSha256,
  provenance: null,
});
