import { faultIn, parseAuthorizedKeys } from '@piw/wire/keys/authorized-keys';
import { doors } from '@piw/wire/keys/door';
import { Gatehouse, type TurnedAway } from '@piw/wire/keys/gatehouse';
import { Keyring } from '@piw/wire/keys/keyring';
import { Ration } from '@piw/wire/keys/ration';
import type { Premises } from '../premises.ts';
import type { MasterKeys } from './key-options.ts';
import { readKeyList } from './read-key-list.ts';

/**
 * Reads who is let in, and opens the gatehouse that lets them in; null where the master has no keys. Throws a KeyError where the file
 * has a line that makes no sense: whoever starts the master is there to mend it.
 */
export async function openGatehouse(keys: MasterKeys | null, log: Premises['log']): Promise<Gatehouse | null> {
  if (!keys) {
    log.info('without a key of its own, this master is reached from this machine alone');
    return null;
  }
  const { own, authorizedKeys } = keys;
  const { holders, faults } = parseAuthorizedKeys(await readKeyList(authorizedKeys));
  const [fault] = faults;
  if (fault) throw faultIn(authorizedKeys, fault);
  log.info(`its key is ${own.publicKey}; ${authorizedKeys} lets ${holders.length} in`);
  return Gatehouse.open(new Keyring(own, holders), tellTurnedAway(log));
}

/** Tells of a key that isn't let in, once a minute, and of no more than a few: strangers don't fill the log. */
function tellTurnedAway(log: Premises['log']): (who: TurnedAway) => void {
  const [one, all] = [new Ration(1, 60_000), new Ration(10, 60_000)];
  return ({ door, key, from }) => {
    if (!one.take(key) || !all.take('')) return;
    log.warn(`${from} is not let in; if it should be: piw-keys authorize ${doors[door].at(-1)} ${key} LABEL`);
  };
}
