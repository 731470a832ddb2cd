import { isConnectionError } from '@piw/db/connection-error';
import { UnfitRoleError } from '@piw/db/grants';
import { serverOptions } from '@piw/db/server-options';
import { Refusal } from '@piw/host/operator-error';

/** What PostgreSQL's error codes (its Appendix A) ask of the operator of a database that has this address. */
const remedies = (dsn: string): Readonly<Record<string, string>> => ({
  '3D000': `Make it with: createdb ${serverOptions(dsn)}NAME`,
  '28000': 'Name an account that may, in the address (-d postgresql://USER@HOST/NAME).',
  '28P01': 'Give the right password, in the address or in ~/.pgpass.',
  '42501': 'Run it as the owner of the database, as in: sudo -u postgres piw-initdb -d postgresql:///NAME',
});

/**
 * An error of the database at an address, as its reader can put it right; any other as it is. Of the address the password is never
 * shown.
 */
export function databaseRefusal(error: unknown, dsn = ''): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof UnfitRoleError) return new Refusal(error.message, error.remedyAt(dsn), { cause: error });
  if ('remedy' in error && typeof error.remedy === 'string')
    return new Refusal(error.message, error.remedy, { cause: error });
  if (isConnectionError(error)) {
    const text = error.message || ('code' in error ? String(error.code) : 'nobody answers');
    return new Refusal(
      `The database cannot be reached: ${text}`,
      'Start PostgreSQL, or name another address with --dsn.',
    );
  }
  const remedy = 'code' in error && typeof error.code === 'string' ? remedies(dsn)[error.code] : undefined;
  return remedy === undefined ? error : new Refusal(`The database says: ${error.message}`, remedy, { cause: error });
}
