/** An address without the name and password that it may hold: what others may be sent to. Throws a TypeError where it is none. */
export function withoutCredentials(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
