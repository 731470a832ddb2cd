import { watch } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { faultIn, type Holder, parseAuthorizedKeys } from '@piw/wire/keys/authorized-keys';
import type { Keyring } from '@piw/wire/keys/keyring';
import type { Premises } from '../premises.ts';
import { Waker } from '../waker.ts';
import { readKeyList } from './read-key-list.ts';

/** The file is read again this often, where the system tells nothing of changes. */
const everyMs = 5000;
/** An editor that writes it in several goes has this long for each. */
const settleMs = 100;

interface Following {
  readonly file: string;
  readonly keyring: Keyring;
  readonly log: Premises['log'];
}

/** The task that lets in whom the file names, from the moment that it does, and nobody whom it doesn't; without keys there is none. */
export async function followKeys(
  { gatehouse, options: { keys }, log }: Pick<Premises, 'gatehouse' | 'options' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  if (gatehouse && keys) await follow({ file: keys.authorizedKeys, keyring: gatehouse.keyring, log }, signal);
}

async function follow({ file, keyring, log }: Following, signal: AbortSignal): Promise<void> {
  const changed = new Waker();
  const unwatch = watchFile(file, changed.wake);
  const told = { trouble: '' };
  try {
    while (await news(changed, signal)) tellTrouble(await read({ file, keyring, log }, signal), told, log);
  } finally {
    unwatch();
  }
}

/** Lets in whom the file names by now: a master that stood by has not followed it. */
export async function rereadKeys({
  gatehouse,
  options: { keys },
  log,
}: Pick<Premises, 'gatehouse' | 'options' | 'log'>): Promise<void> {
  if (!gatehouse || !keys) return;
  const file = keys.authorizedKeys;
  tellTrouble(await read({ file, keyring: gatehouse.keyring, log }, undefined), { trouble: '' }, log);
}

/** Whether the signal lets the file be read again, when it has changed or might have. */
async function news(changed: Waker, signal: AbortSignal): Promise<boolean> {
  await changed.sleep(signal, everyMs);
  return !signal.aborted;
}

/** Reads the file anew; what is wrong with it, if anything. A line that makes no sense lets nobody in, and the others stand. */
async function read({ file, keyring, log }: Following, signal: AbortSignal | undefined): Promise<string> {
  try {
    const text = await textAtRest(file, signal);
    if (text === undefined) return '';
    const { holders, faults } = parseAuthorizedKeys(text);
    const tell = ({ added, revoked }: Record<'added' | 'revoked', readonly Holder[]>): void => {
      if (added.length > 0) log.info(`let in from now on: ${named(added)}`);
      if (revoked.length > 0) log.info(`no longer let in: ${named(revoked)}`);
    };
    keyring.once('changed', tell);
    keyring.replace(holders);
    keyring.off('changed', tell);
    const [fault] = faults;
    if (!fault) return '';
    const { message, remedy } = faultIn(file, fault);
    return `${message} ${remedy}`;
  } catch (error) {
    return `${(error as Error).message} Whoever was let in before still is.`;
  }
}

/** What the file says twice in a row: what an editor is about to write isn't taken for what it means. Undefined once the signal says stop. */
async function textAtRest(file: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  for (let before = await readKeyList(file); ; ) {
    if (!(await delay(settleMs, true, { signal }).catch(() => false))) return undefined;
    const text = await readKeyList(file);
    if (text === before) return text;
    before = text;
  }
}

const named = (holders: readonly Holder[]): string =>
  holders
    .slice(0, 20)
    .map(({ role, label }) => `${label} (${role})`)
    .join(', ');

function tellTrouble(trouble: string, told: { trouble: string }, log: Premises['log']): void {
  if (trouble !== '' && trouble !== told.trouble) log.error(trouble);
  told.trouble = trouble;
}

/** Calls when anything of that name changes in its folder; never where the folder can't be watched. */
function watchFile(file: string, onChange: () => void): () => void {
  try {
    const watcher = watch(dirname(file), (_, name) => {
      if (name === null || name === basename(file)) onChange();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}
