import { hashFragment } from './file-hashes.ts';
import { filesInOrder, type ProjectFile, type ProjectPage, type ProjectStatus, yankedReason } from './project-file.ts';

/** The page of a package in the simple index (PEP 503, 592, 629, 658, 714, 740, 792). Written without a library: none at hand encodes ">" in attributes, as PEP 503 asks. */
export const projectHtml = ({ name, files, ...about }: ProjectPage): string =>
  page(`Links for ${name}`, filesInOrder(files).map(fileAnchor), statusMetas(about));

/** The list of all packages in the simple index (PEP 503); names are canonical. */
export const rootHtml = (names: readonly string[]): string =>
  page(
    'Simple index',
    [...new Set(names)].sort().map((name) => anchor(name, `${name}/`)),
  );

function statusMetas({ status, statusReason }: ProjectStatus): string[] {
  if (status === 'active') return [];
  const reason = statusReason === null ? [] : [meta('pypi:project-status-reason', statusReason)];
  return [meta('pypi:project-status', status), ...reason];
}

const meta = (name: string, content: string): string => `<meta name="${name}" content="${escaped(content)}">`;

function page(title: string, anchors: readonly string[], metas: readonly string[] = []): string {
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="pypi:repository-version" content="1.4">
${metas.map((one) => `    ${one}\n`).join('')}    <title>${escaped(title)}</title>
  </head>
  <body>
    <h1>${escaped(title)}</h1>
${anchors.map((link) => `    ${link}<br>\n`).join('')}  </body>
</html>
`;
}

function fileAnchor(file: ProjectFile): string {
  const metadata = file.metadataSha256 === null ? undefined : `sha256=${file.metadataSha256}`;
  const told = [
    attribute('data-requires-python', file.requiresPython),
    attribute('data-core-metadata', metadata),
    attribute('data-dist-info-metadata', metadata),
    attribute('data-yanked', yankedReason(file)),
    attribute('data-provenance', file.provenance),
  ];
  return anchor(file.filename, `${file.url}${hashFragment(file)}`, told.join(''));
}

const anchor = (text: string, href: string, more = ''): string =>
  `<a${attribute('href', href)}${more}>${escaped(text)}</a>`;

const attribute = (name: string, value: string | null | undefined): string =>
  value === null || value === undefined ? '' : ` ${name}="${escaped(value)}"`;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
