import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A numbered step of the schema; never edited once released. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly text: string;
}

/** Where the migrations lie: `sql/` at the top of the repository. */
export const sqlDirectory = fileURLToPath(new URL('../../../sql/', import.meta.url));

/** The migrations of a directory in their order; throws where numbers are missing or doubled. */
export async function readMigrations(directory: string = sqlDirectory): Promise<Migration[]> {
  const names = (await readdir(directory)).filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
  const gap = names.findIndex((name, index) => numberOf(name) !== index + 1);
  if (gap >= 0) throw new Error(`${directory} should have migration ${gap + 1} where it has ${names[gap]!}`);
  return Promise.all(
    names.map(async (name) => ({
      number: numberOf(name),
      name: name.slice(5, -4),
      text: await readFile(join(directory, name), 'utf8'),
    })),
  );
}

/** The schema that this software needs: the number of its last migration. */
export const neededSchema = async (directory?: string): Promise<number> => (await readMigrations(directory)).length;

const numberOf = (name: string): number => Number(name.slice(0, 4));
