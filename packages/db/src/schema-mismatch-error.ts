/** The database's schema isn't the one that this software was written for. */
export class SchemaMismatchError extends Error {
  override readonly name = 'SchemaMismatchError';
  readonly remedy: string;
  readonly exitCode = 1;

  constructor(found: number, wanted: number) {
    super(found === 0 ? 'The database is empty.' : `The database has schema ${found}; this software needs ${wanted}.`);
    this.remedy =
      found > wanted
        ? 'Upgrade this software to the release that upgraded the database.'
        : 'Stop the master, run "piw-initdb", then start it again.';
  }
}
