import { readKeyFile } from '@piw/host/key-options';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import { openDialKeys } from '@piw/wire/keys/open-dial-keys';
import type { MasterArguments } from './control-address.ts';

/** What to dial these control queues with, as the options say; throws a KeyError or a Refusal where that is missing. */
export const masterKeys = (
  { masterKey, keyFile }: Pick<MasterArguments, 'masterKey' | 'keyFile'>,
  addresses: readonly string[],
): Promise<DialKeys | undefined> => openDialKeys(addresses, masterKey, () => readKeyFile(keyFile));
