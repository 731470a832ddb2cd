/** A URL without the name, password, query and fragment that it may hold, any of which may be a key: what may stand in a log. */
export function publicUrl(url: string): string {
  if (!URL.canParse(url)) return 'an unreadable address';
  const parsed = new URL(url);
  for (const part of ['username', 'password', 'search', 'hash'] as const) parsed[part] = '';
  return parsed.href;
}
