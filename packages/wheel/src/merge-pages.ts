import type { ProjectPage } from './project-file.ts';

/**
 * Our page of a package and upstream's as one (DESIGN §9): a filename that upstream has is upstream's, as are the words on
 * how the project is doing.
 */
export const mergePages = (ours: ProjectPage, upstream: Omit<ProjectPage, 'name'>): ProjectPage => ({
  ...upstream,
  name: ours.name,
  files: [...new Map([...ours.files, ...upstream.files].map((file) => [file.filename, file])).values()],
  versions: [...new Set([...ours.versions, ...upstream.versions])],
});
