import { existsSync, lstatSync } from 'node:fs';
import { resolve } from 'node:path';
import { ipcAddress } from '@piw/host/ipc-address';
import { Refusal } from '@piw/host/operator-error';
import { findRunDir, givenRunDir } from '@piw/host/run-dir';
import type { MasterArguments } from './control-address.ts';
import { firstToSpeak } from './first-to-speak.ts';
import { knock } from './knock.ts';
import { masterKeys } from './master-keys.ts';

/**
 * The control queue of the master that is meant: as `--control-queue` says, of several masters that of the active one, which alone
 * speaks; else in the run directory, else where one answers. Throws a Refusal at once where nobody listens on this machine: whether
 * somebody does elsewhere, only an answer tells.
 */
export async function findMaster(
  args: MasterArguments,
  usual: () => readonly string[] = usualRunDirs,
): Promise<string> {
  const { runDir: option, controlQueue } = args;
  const given = option ?? givenRunDir();
  if (controlQueue === undefined && given !== undefined && !existsSync(given))
    throw new Refusal(`There is no run directory ${resolve(given)}.`, howToFindIt);
  const places = given === undefined ? usual() : [resolve(given)];
  if (controlQueue !== undefined && controlQueue.length > 1) return firstHeard(controlQueue, args);
  const addresses = controlQueue ?? places.map((dir) => ipcAddress(dir, 'piw-control'));
  const codes: string[] = [];
  for (const address of addresses) {
    const code = await knock(address);
    if (code === null) return address;
    codes.push(code);
  }
  throw unheard(addresses, codes);
}

async function firstHeard(addresses: readonly string[], args: MasterArguments): Promise<string> {
  const { address, codes } = await firstToSpeak({ addresses, keys: await masterKeys(args, addresses) });
  if (address === null) throw unheard(addresses, codes);
  return address;
}

/** Where a master of this machine is looked for, then that of a farm which was started in this folder. */
const usualRunDirs = (): string[] => [findRunDir(), ...[resolve('.farm/run')].filter(isOurs)];

/** Anybody may have put a folder where somebody works now, and could pose as the master. */
const isOurs = (dir: string): boolean => {
  const stat = lstatSync(dir, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === process.getuid?.();
};

/** Why none of these addresses is heard, by the system's error codes (connect(2)). */
export function unheard(addresses: readonly string[], codes: readonly string[]): Refusal {
  const denied = addresses[codes.findIndex((code) => code === 'EACCES' || code === 'EPERM')];
  if (denied !== undefined)
    return new Refusal(`This account may not use ${denied}.`, "Use the master's account, or join its group.");
  return new Refusal(`No master answers at ${addresses.join(', nor at ')}: is it running?`, howToFindIt);
}

const howToFindIt = 'Start it ("npm start" starts a whole farm), or name its run directory with --run-dir.';
