/** A URL without the name and password that it may hold: what may stand in a log. */
export function publicUrl(url: string): string {
  if (!URL.canParse(url)) return 'an unreadable address';
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}
