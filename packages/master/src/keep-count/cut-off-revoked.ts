import type { Holder } from '@piw/wire/keys/authorized-keys';
import { opens } from '@piw/wire/keys/door';
import type { StatusPublishers } from '@piw/wire/status-publishers';
import type { Premises } from '../premises.ts';
import { untilAborted } from '../until-aborted.ts';

/** Whoever follows the farm with a key that is revoked follows it no more. */
export async function cutOffRevoked(
  { gatehouse, log }: Pick<Premises, 'gatehouse' | 'log'>,
  publisher: Pick<StatusPublishers, 'reopen'>,
  signal: AbortSignal,
): Promise<void> {
  const keyring = gatehouse?.keyring;
  const cutOff = ({ revoked }: { readonly revoked: readonly Holder[] }): void => {
    if (!revoked.some(({ role }) => opens(role, 'status'))) return;
    publisher
      .reopen()
      .catch((error: unknown) => log.error({ err: error }, 'the status queue could not be opened again'));
  };
  keyring?.on('changed', cutOff);
  await untilAborted(signal);
  keyring?.off('changed', cutOff);
}
