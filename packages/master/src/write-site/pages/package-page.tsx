import { compareTargets } from '@piw/wheel/target';
import type { AboutSite } from '../about-site.ts';
import type { PackageStory } from '../package-story.ts';
import { FileEntry } from './file-entry.tsx';
import { framed } from './frame.tsx';
import { Install } from './install.tsx';
import { Matrix } from './matrix.tsx';
import { NewestVersion } from './newest-version.tsx';

const root = '../../';

/** More than these, newest first, only the JSON lists. */
const mostVersions = 100;
const mostFiles = 300;

/** The page of a package for people. */
export const packagePage = (story: PackageStory, about: AboutSite): string =>
  framed({
    title: `${story.package} – ${about.name}`,
    root,
    about,
    children: <PackageContent story={story} about={about} />,
  });

const PackageContent = ({ story, about }: { readonly story: PackageStory; readonly about: AboutSite }) => {
  const targets = story.targets.toSorted(compareTargets);
  const versions = story.versions.slice(0, mostVersions);
  const files = story.files.toReversed().slice(0, mostFiles);
  const isComplete = versions.length === story.versions.length && files.length === story.files.length;
  const [newest] = versions;
  return (
    <>
      <h1>
        {story.package}
        {story.status !== 'active' && <span class="badge">{story.status}</span>}
      </h1>
      {story.description !== null && <p class="lead">{story.description}</p>}
      {story.skipped !== null && <p class="wait">This package is skipped: {story.skipped}</p>}
      {files.length > 0 ? <Install package={story.package} about={about} root={root} /> : <p>It has no wheels here.</p>}
      {newest && (
        <>
          <h2>Newest version</h2>
          <NewestVersion row={newest} targets={targets} root={root} />
        </>
      )}
      {versions.length > 1 && (
        <>
          <h2>All versions</h2>
          <Matrix targets={targets} versions={versions} root={root} />
        </>
      )}
      {files.length > 0 && <h2>Files</h2>}
      {files.map((file) => (
        <FileEntry key={file.filename} file={file} root={root} />
      ))}
      <p class="faint">
        {!isComplete && 'Older versions are not shown here. '}
        <a href="json/index.json">All of this as JSON</a>
        {files.length > 0 && (
          <>
            , <a href={`${root}simple/${story.package}/`}>as pip sees it</a>
          </>
        )}
      </p>
    </>
  );
};
