/**
 * The options with which PostgreSQL's own programs (createuser, createdb) reach the server of an address as the same account; empty
 * where the address leaves all of that open, or is none. The password is left out.
 */
export function serverOptions(dsn: string): string {
  if (!URL.canParse(dsn)) return '';
  const { hostname, port, username, searchParams } = new URL(dsn);
  const given = {
    '-h': searchParams.get('host') ?? decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1'),
    '-p': searchParams.get('port') ?? port,
    '-U': searchParams.get('user') ?? decodeURIComponent(username),
  };
  return Object.entries(given)
    .filter(([, value]) => value !== '')
    .map(([flag, value]) => `${flag} ${shellWord(value)} `)
    .join('');
}

/** A word as a shell reads it. */
export const shellWord = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
