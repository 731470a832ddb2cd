import type { ProjectFileRow } from '@piw/db/project-files';
import { formatSize } from '@piw/host/size';
import { logPath, wheelPath } from '../../published-path.ts';
import { Day } from './day.tsx';

/** A file with what it is, what it needs, and how it came about. */
export const FileEntry = ({ file, root }: { readonly file: ProjectFileRow; readonly root: string }) => (
  <div class="file">
    <a class="mono" href={`${root}${wheelPath(file.sha256, file.filename)}`}>
      {file.filename}
    </a>
    {file.yanked !== null && (
      <span class="badge" title={file.yanked}>
        yanked
      </span>
    )}
    <p>
      {formatSize(file.sizeBytes)}, built <Day ms={file.publishedMs} />
      {file.requiresPython !== null && <>, Python {file.requiresPython}</>}
      {file.attempt !== null && (
        <>
          , <a href={`${root}${logPath(file.attempt)}`}>log</a>
        </>
      )}
    </p>
    <p class="mono">sha256 {file.sha256}</p>
    {needs(file.dependencies).map(({ manager, command }) => (
      <p key={manager}>
        Needs <code>{command}</code>
      </p>
    ))}
  </div>
);

const installers: Readonly<Record<string, string>> = {
  apt: 'sudo apt install',
  rpm: 'sudo dnf install',
  apk: 'sudo apk add',
};

/** What to type for libraries that a wheel needs and doesn't bring. */
function needs(dependencies: ProjectFileRow['dependencies']): { manager: string; command: string }[] {
  return Object.entries(dependencies)
    .filter(([, names]) => names.length > 0)
    .map(([manager, names]) => {
      const installer = installers[manager];
      return { manager, command: installer ? `${installer} ${names.join(' ')}` : names.join(', ') };
    });
}
