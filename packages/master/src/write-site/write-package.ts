import { packageMatrix } from '@piw/db/package-matrix';
import { type Project, type ProjectFileRow, projectFiles } from '@piw/db/project-files';
import { hastenUpstreamPage, upstreamListing } from '@piw/db/upstream-pages';
import { mergePages } from '@piw/wheel/merge-pages';
import { packageName } from '@piw/wheel/package-name';
import type { ProjectFile, ProjectPage } from '@piw/wheel/project-file';
import { projectJson } from '@piw/wheel/simple-json';
import { projectHtml } from '@piw/wheel/simple-page';
import { wheelPath } from '../published-path.ts';
import type { FarmSite } from './farm-site.ts';
import { packageJson } from './package-json.ts';
import { packagePage } from './pages/package-page.tsx';

/** Who writes a page asks upstream anew for what it said longer ago than this, in milliseconds. */
const freshMs = 10 * 60_000;

/**
 * Writes the pages of a package: in the simple indexes if it has listed files (a page without any would keep pip and uv
 * from looking elsewhere), and for people and programs. A package that is unknown loses them.
 */
export async function writePackage(site: FarmSite, subject: string): Promise<void> {
  const { db, folder, about } = site;
  const name = packageName.parse(subject);
  const [project, matrix] = [await projectFiles(db, name), await packageMatrix(db, name)];
  await writeIndexes(site, name, project);
  if (!project || !matrix) return folder.remove(`project/${name}`);
  const story = { ...matrix, status: project.status, files: project.files };
  await folder.putAll({
    [`project/${name}/index.html`]: packagePage(story, about),
    [`project/${name}/json/index.json`]: packageJson(story),
  });
}

/** What is ours alone, and the same with what upstream has, as it was last heard. */
async function writeIndexes({ db, folder }: FarmSite, name: string, project: Project | undefined): Promise<void> {
  const [merged, own] = [`simple/${name}`, `own/simple/${name}`];
  if (!project || project.files.length === 0) {
    await folder.remove(merged);
    return folder.remove(own);
  }
  const upstream = await upstreamListing(db, name);
  const statusReason = upstream?.statusReason ?? null;
  const ours = pageOf(project, '../../', statusReason);
  await folder.putAll({
    ...inBothForms(merged, upstream ? mergePages(ours, upstream) : ours),
    ...inBothForms(own, pageOf(project, '../../../', statusReason)),
  });
  if (upstream) await hastenUpstreamPage(db, name, freshMs);
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
