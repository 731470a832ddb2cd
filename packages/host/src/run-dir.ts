import { accessSync, chmodSync, constants, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { Refusal } from './operator-error.ts';

/** What the choice of a run directory depends on. */
export interface RunDirSurroundings {
  readonly env: NodeJS.ProcessEnv;
  /** Where services of the whole machine have theirs. */
  readonly system: string;
  readonly uid: number;
}

/**
 * The directory of the ipc sockets, made where missing: the option, else $RUNTIME_DIRECTORY, else `/run/piwheels`
 * if it can be written, else a private folder below the user's runtime directory.
 * Throws a Refusal where it can't be made, or where the private folder isn't ours alone.
 */
export async function runDir(option?: string, surroundings: RunDirSurroundings = ofThisProcess()): Promise<string> {
  const given = option ?? givenRunDir(surroundings);
  if (given) return await shared(resolve(given));
  return canMake(surroundings.system) || canWrite(surroundings.system)
    ? surroundings.system
    : madePrivate(surroundings);
}

/**
 * The run directory in which a client looks for a master of this machine: the one that `runDir` would choose, but nothing is made.
 * Throws a Refusal where the private folder isn't ours alone: whoever owns it could pose as the master.
 */
export function findRunDir(option?: string, surroundings: RunDirSurroundings = ofThisProcess()): string {
  const given = option ?? givenRunDir(surroundings);
  if (given) return resolve(given);
  if (canWrite(surroundings.system)) return surroundings.system;
  const dir = privateFolder(surroundings);
  if (existsSync(dir)) requirePrivate(dir, surroundings);
  return dir;
}

/** The run directory that the service manager gives ($RUNTIME_DIRECTORY of systemd.exec(5)), the first of several. */
export const givenRunDir = ({ env }: Pick<RunDirSurroundings, 'env'> = ofThisProcess()): string | undefined =>
  env['RUNTIME_DIRECTORY']?.split(':')[0] || undefined;

const ofThisProcess = (): RunDirSurroundings => ({
  env: process.env,
  system: '/run/piwheels',
  uid: process.getuid?.() ?? -1, // os.userInfo() throws for an account without a name
});

/** Owner and group may use it: a group of operators is how a machine shares a master. */
async function shared(dir: string): Promise<string> {
  try {
    const isNew = !existsSync(dir);
    await makeFolder(dir);
    if (isNew) chmodSync(dir, 0o770);
    return dir;
  } catch (cause) {
    throw new Refusal(
      `The run directory ${dir} can't be made: ${(cause as Error).message}.`,
      'Give another with --run-dir.',
    );
  }
}

function canMake(dir: string): boolean {
  try {
    mkdirSync(dir, { mode: 0o770 });
    chmodSync(dir, 0o770);
    return true;
  } catch {
    return false; // it is there already, or isn't ours to make
  }
}

function canWrite(dir: string): boolean {
  try {
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function privateFolder({ env, uid }: RunDirSurroundings): string {
  const parent = env['XDG_RUNTIME_DIR'];
  return parent ? join(parent, 'piwheels') : join(env['TMPDIR'] ?? tmpdir(), `piwheels-${uid}`);
}

function madePrivate(surroundings: RunDirSurroundings): string {
  const dir = privateFolder(surroundings);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Refusal(
        `The run directory ${dir} can't be made: ${(cause as Error).message}.`,
        'Give one with --run-dir.',
      );
  }
  requirePrivate(dir, surroundings);
  return dir;
}

function requirePrivate(dir: string, { uid }: RunDirSurroundings): void {
  const stat = lstatSync(dir);
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0)
    throw new Refusal(
      `The run directory ${dir} isn't private to this user.`,
      `Remove it, "chmod 700" it, or give another with --run-dir.`,
    );
}
