import { hostname, userInfo } from 'node:os';

/** Who gives orders from here, for the journal: `login@host`; an account without a name is told by its number. */
export const whoAsks = (): string => `${login()}@${hostname()}`;

function login(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid-${process.getuid?.() ?? 'unknown'}`;
  }
}
