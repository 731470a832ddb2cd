import type { Holder } from '@piw/wire/keys/authorized-keys';
import { opens } from '@piw/wire/keys/door';
import { needsKeys } from '@piw/wire/keys/gate-address';
import type { StatusPublisher } from '@piw/wire/status-publisher';
import type { Premises } from '../premises.ts';
import { untilAborted } from '../until-aborted.ts';

/** Whoever follows the farm with a key that is revoked follows it no more. */
export async function cutOffRevoked(
  { gatehouse, options, log }: Pick<Premises, 'gatehouse' | 'options' | 'log'>,
  publisher: Pick<StatusPublisher, 'reopen'>,
  signal: AbortSignal,
): Promise<void> {
  const keyring = needsKeys(options.statusQueue) ? gatehouse?.keyring : undefined;
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
