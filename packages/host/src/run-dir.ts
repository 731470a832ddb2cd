import { accessSync, chmodSync, constants, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
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
export function runDir(option?: string, surroundings: RunDirSurroundings = ofThisProcess()): string {
  const { env, system } = surroundings;
  const given = option ?? env['RUNTIME_DIRECTORY']?.split(':')[0];
  if (given) return shared(resolve(given));
  return canWrite(system) ? system : privateFolder(surroundings);
}

const ofThisProcess = (): RunDirSurroundings => ({
  env: process.env,
  system: '/run/piwheels',
  uid: userInfo().uid,
});

/** Owner and group may use it: a group of operators is how a machine shares a master. */
function shared(dir: string): string {
  try {
    if (mkdirSync(dir, { recursive: true }) !== undefined) chmodSync(dir, 0o770);
    return dir;
  } catch (cause) {
    throw new Refusal(
      `The run directory ${dir} can't be made: ${(cause as Error).message}.`,
      'Give another with --run-dir.',
    );
  }
}

function canWrite(dir: string): boolean {
  try {
    mkdirSync(dir, { mode: 0o770 });
    chmodSync(dir, 0o770);
    return true;
  } catch {
    // It is there already, or isn't ours to make.
  }
  try {
    accessSync(dir, constants.W_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function privateFolder({ env, uid }: RunDirSurroundings): string {
  const parent = env['XDG_RUNTIME_DIR'];
  const dir = parent ? join(parent, 'piwheels') : join(env['TMPDIR'] ?? tmpdir(), `piwheels-${uid}`);
  try {
    mkdirSync(dir, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new Refusal(
        `The run directory ${dir} can't be made: ${(cause as Error).message}.`,
        'Give one with --run-dir.',
      );
  }
  const stat = lstatSync(dir);
  if (!stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0)
    throw new Refusal(
      `The run directory ${dir} isn't private to this user.`,
      `Remove it, "chmod 700" it, or give another with --run-dir.`,
    );
  return dir;
}
