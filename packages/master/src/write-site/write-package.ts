import { packageMatrix } from '@piw/db/package-matrix';
import { type Project, type ProjectFileRow, projectFiles } from '@piw/db/project-files';
import { packageName } from '@piw/wheel/package-name';
import type { ProjectFile } from '@piw/wheel/project-file';
import { projectJson } from '@piw/wheel/simple-json';
import { projectHtml } from '@piw/wheel/simple-page';
import { wheelPath } from '../published-path.ts';
import type { FarmSite } from './farm-site.ts';
import { packageJson } from './package-json.ts';
import { packagePage } from './pages/package-page.tsx';

/**
 * Writes the pages of a package: in the simple index if it has listed files (a page without any would keep pip and uv
 * from looking elsewhere), and for people and programs. A package that is unknown loses them.
 */
export async function writePackage({ db, folder, about }: FarmSite, subject: string): Promise<void> {
  const name = packageName.parse(subject);
  const [project, matrix] = [await projectFiles(db, name), await packageMatrix(db, name)];
  await writeSimple(folder, name, project?.files ?? []);
  if (!project || !matrix) return folder.remove(`project/${name}`);
  const story = { ...matrix, status: project.status, files: project.files };
  await folder.put(`project/${name}/index.html`, packagePage(story, about));
  await folder.put(`project/${name}/json/index.json`, packageJson(story));
}

async function writeSimple(folder: FarmSite['folder'], name: string, files: Project['files']): Promise<void> {
  if (files.length === 0) return folder.remove(`simple/${name}`);
  const page = { name, files: files.map(listed), versions: files.map(({ version }) => version) };
  await folder.put(`simple/${name}/index.html`, projectHtml(page));
  await folder.put(`simple/${name}/index.json`, projectJson(page));
}

const listed = (file: ProjectFileRow): ProjectFile => ({
  filename: file.filename,
  url: `../../${wheelPath(file.sha256, file.filename)}`,
  sha256: file.sha256,
  sizeBytes: file.sizeBytes,
  uploadedAt: new Date(file.publishedMs),
  requiresPython: file.requiresPython,
  yanked: file.yanked,
  metadataSha256: file.metadataSha256,
});
