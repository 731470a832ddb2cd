import type { Cell } from '@piw/db/matrix-cells';
import { targetName } from '@piw/wheel/target';
import { logPath, wheelPath } from '../published-path.ts';
import type { PackageStory } from './package-story.ts';

/** From `project/NAME/json/` to the root of the site. */
const root = '../../../';

/** What a package's page tells, for programs: versions against targets, files with all that is known of them. URLs are relative. */
export function packageJson(story: PackageStory): string {
  return JSON.stringify({
    name: story.package,
    summary: story.description,
    status: story.status,
    skipped: story.skipped,
    targets: story.targets.map(targetName),
    versions: story.versions.map(({ version, releasedMs, yanked, deleted, skipped, cells }) => ({
      version,
      released: new Date(releasedMs).toISOString(),
      yanked: yanked === null ? false : yanked || true,
      deleted,
      skipped,
      builds: Object.fromEntries(
        story.targets.map((target, i) => [targetName(target), cells[i] ? buildJson(cells[i]) : null]),
      ),
    })),
    files: story.files.map((file) => ({
      filename: file.filename,
      url: `${root}${wheelPath(file.sha256, file.filename)}`,
      version: file.version,
      size: file.sizeBytes,
      sha256: file.sha256,
      tags: file.tags,
      'build-tag': file.buildTag,
      'requires-python': file.requiresPython,
      published: new Date(file.publishedMs).toISOString(),
      dependencies: file.dependencies,
      log: file.attempt === null ? null : `${root}${logPath(file.attempt)}`,
    })),
  });
}

const buildJson = ({ state, attempt, outcome, text, file }: Cell) => ({
  state,
  outcome,
  reason: text,
  file: file?.filename ?? null,
  attempt,
  log: attempt === null || outcome === null ? null : `${root}${logPath(attempt)}`,
});
