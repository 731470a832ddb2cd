import type { ClientBase } from 'pg';
import { serverOptions, shellWord } from './server-options.ts';

/** What a master may do with each table; what is remembered for ever can only be added to. */
const rights = {
  select: ['migrations'],
  'select, update': ['farm'],
  'select, insert': ['target_tags', 'published_names', 'journal', 'attempt_files'],
  'select, insert, update': ['needs', 'targets', 'attempts', 'requests', 'rebuilds', 'attention', 'files', 'pages'],
  'select, insert, update, delete': [
    'packages',
    'versions',
    'upstream_pages',
    'skips',
    'nudges',
    'trials',
    'jobs',
    'leases',
    'requeues',
    'history',
    'slaves',
    'strikes',
    'tallies',
    'tally_changes',
  ],
} as const;

/** The role that a farm was to be granted to isn't there, or is a superuser. */
export class UnfitRoleError extends Error {
  override readonly name = 'UnfitRoleError';
  readonly exitCode = 1;
  readonly #remedy: (createuser: string) => string;

  constructor(message: string, remedy: (createuser: string) => string) {
    super(message);
    this.#remedy = remedy;
  }

  get remedy(): string {
    return this.#remedy('createuser ');
  }

  /** For a database that has this address. */
  remedyAt(dsn: string): string {
    return this.#remedy(`createuser ${serverOptions(dsn)}`);
  }
}

/**
 * Lets a role do what a master needs, and no more (DESIGN §10). Rights that it had and doesn't need are taken away.
 * Throws an UnfitRoleError where there is no such role, or it is a superuser.
 */
export async function grantTo(client: ClientBase, role: string): Promise<void> {
  await requireOrdinary(client, role);
  const name = client.escapeIdentifier(role);
  const grants = Object.entries(rights).map(([may, tables]) => `grant ${may} on ${tables.join(', ')} to ${name};`);
  await client.query(`
    revoke all on all tables in schema public from ${name};
    ${grants.join('\n')}
    grant usage on schema public to ${name};
    grant usage on all sequences in schema public to ${name};
    grant execute on function take_jobs(jsonb, jsonb, double precision, double precision), end_attempts(jsonb) to ${name};`);
}

async function requireOrdinary(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = $1', [
    role,
  ]);
  const found = rows[0];
  if (!found)
    throw new UnfitRoleError(
      `There is no database role ${role}.`,
      (createuser) => `Make it with: ${createuser}${shellWord(role)}`,
    );
  if (found.rolsuper)
    throw new UnfitRoleError(
      `The role ${role} is a superuser, and a master must be none.`,
      (createuser) => `Name another role with -u, or make one with: ${createuser}NAME`,
    );
}
