import type pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import pgpass from 'pgpass';

/** An address is none of a database, or lacks the password that its server asks for; never shows the address, which may hold one. */
export class DatabaseAddressError extends Error {
  override readonly name = 'DatabaseAddressError';
  readonly exitCode = 1;
  readonly remedy: string;
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/**
 * What an address asks for. A password that the server wants and the address doesn't have is $PGPASSWORD, else that of ~/.pgpass
 * (as libpq has it). Throws a DatabaseAddressError.
 */
export function clientConfig(dsn: string): pg.ClientConfig {
  const config = read(dsn);
  return config.password ? config : { ...config, password: passwordFor as () => Promise<string> };
}

function read(dsn: string): pg.ClientConfig {
  try {
    // The driver takes any word for an address on a host of its own invention.
    if (/^postgres(?:ql)?:\/\//.test(dsn)) return parseIntoClientConfig(dsn);
  } catch {
    // Said below, without the address.
  }
  throw new DatabaseAddressError(
    'The address of the database is none.',
    'Write it like postgresql://USER@HOST/NAME, or postgresql:///NAME for this machine.',
  );
}

/** The driver calls it with what it is about to connect to, its typings say without. */
async function passwordFor(connection: Parameters<typeof pgpass>[0]): Promise<string> {
  const password =
    process.env['PGPASSWORD'] ?? (await new Promise<string | undefined>((resolve) => pgpass(connection, resolve)));
  if (password !== undefined) return password;
  throw new DatabaseAddressError(
    `The database asks for a password of ${connection.user}, and none is given.`,
    'Give it in the address, or in ~/.pgpass.',
  );
}
