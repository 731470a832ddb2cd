import { plainText } from './plain-text.ts';
import type { ProjectFile } from './project-file.ts';

/** No project on PyPI has a tenth of this. */
export const mostFiles = 500_000;

/** The absolute URL of a listed file; undefined where it leads nowhere that a page may point to. */
export function fileUrl(url: string, page: URL): URL | undefined {
  const absolute = url.length > 8000 ? undefined : parseUrl(url, page);
  // A stranger's page must not have local files read; one that is a local file itself may.
  const mayPointTo = ['http:', 'https:', page.protocol];
  return absolute && mayPointTo.includes(absolute.protocol) ? absolute : undefined;
}

/** Where else a file's entry leads, absolute; null where it leads nowhere that a page may point to. */
export const linkOrNull = (url: string | null | undefined, page: URL): string | null =>
  url ? (fileUrl(url, page)?.href ?? null) : null;

/** Whether a text can be a filename, and nothing but one. */
export const isFilename = (text: string): boolean =>
  text.length > 0 && text.length <= 400 && !/[/\\\p{Cc}]/u.test(text) && !/^\.+$/.test(text);

/** A Requires-Python as it was given; an empty or endless one says nothing. */
export const requiresPythonOrNull = (text: string | null | undefined): ProjectFile['requiresPython'] =>
  text != null && text.trim() !== '' && text.length <= 1000 ? plainText(text).trim() : null;

/** Whether a page in JSON has a file yanked, and why if that is said: what is false, empty or missing isn't (PEP 592, 691); null where it isn't. */
export const yankedInJson = (told: unknown): ProjectFile['yanked'] =>
  typeof told === 'string' && told !== '' ? yankedInHtml(told) : told === true || null;

/** The same of an attribute in HTML, which is there or not (PEP 592). */
export const yankedInHtml = (told: string | undefined): ProjectFile['yanked'] =>
  told === undefined ? null : plainText(told.slice(0, 2000)).trim() || true;

function parseUrl(url: string, base: URL): URL | undefined {
  try {
    return new URL(url, base);
  } catch {
    return undefined;
  }
}
