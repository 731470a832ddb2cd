import type { ProjectFile } from './project-file.ts';

/** No project on PyPI has a tenth of this. */
export const mostFiles = 500_000;

/** The URL of a listed file, absolute and without its fragment; undefined where it leads nowhere that a page may point to. */
export function fileUrl(url: string, page: string): URL | undefined {
  if (url.length > 8000 || !URL.canParse(url, page)) return undefined;
  const absolute = new URL(url, page);
  // A stranger's page must not have local files read; one that is a local file itself may.
  const mayPointTo = ['http:', 'https:', new URL(page).protocol];
  return mayPointTo.includes(absolute.protocol) ? absolute : undefined;
}

/** Whether a text can be a filename, and nothing but one. */
export const isFilename = (text: string): boolean =>
  text.length > 0 && text.length <= 400 && !/[/\\\p{Cc}]/u.test(text) && !/^\.+$/.test(text);

/** A SHA-256 in lower case; null where a text is none. */
export const sha256OrNull = (text: string | null | undefined): string | null =>
  text != null && /^[0-9a-f]{64}$/i.test(text) ? text.toLowerCase() : null;

/** A Requires-Python as it was given; an empty or endless one says nothing. */
export const requiresPythonOrNull = (text: string | null | undefined): ProjectFile['requiresPython'] =>
  text != null && text.trim() !== '' && text.length <= 1000 ? text.trim() : null;
