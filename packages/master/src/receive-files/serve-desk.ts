import { setTimeout as pause } from 'node:timers/promises';
import { AddressError } from '@piw/wire/address-error';
import { Gatehouse } from '@piw/wire/keys/gatehouse';
import { Keyring } from '@piw/wire/keys/keyring';
import type { StrayReport } from '@piw/wire/strays';
import { ChunkDesk } from './chunk-desk.ts';
import { DeskClerk } from './desk-clerk.ts';
import type { DeskSettings, FromDesk, ToDesk } from './desk-words.ts';

/** Whoever held the address until now may take a moment to leave: it is tried for two seconds. */
const tryEveryMs = 20;
const mostTries = 100;

/** The thread's end of the line to the master. */
export interface MasterLine {
  say(word: FromDesk): void;
  hear(listener: (word: ToDesk) => void): void;
  /** Whatever becomes of the thread, this is to be called before it is gone. */
  atEnd(close: () => void): void;
  /** No socket is open any more. */
  closed(): void;
}

/** Receives files for the master until it says stop, and all of them are closed; rejects because of bugs. Says so where it can't listen. */
export async function serveDesk({ address, keys, sendAgainMs }: DeskSettings, line: MasterLine): Promise<void> {
  const keyring = keys && new Keyring(keys.own, keys.holders);
  const house = keyring && (await Gatehouse.open(keyring, (who) => line.say({ type: 'turned away', who })));
  const desk = await openOrRefuse(address, house, line);
  const close = (): void => {
    desk?.close();
    house?.close();
    line.closed();
  };
  if (!desk) {
    close();
    return;
  }
  line.atEnd(close);
  const clerk = new DeskClerk({ desk, sendAgainMs, keyring, say: (word) => line.say(word) });
  line.hear((word) => {
    clerk.hear(word);
    if (word === 'stop') close();
  });
  line.say({ type: 'open', address: desk.address });
  await desk.run();
  await clerk.rest();
}

async function openOrRefuse(
  address: string,
  house: Gatehouse | null,
  line: MasterLine,
): Promise<ChunkDesk | undefined> {
  const options = {
    ...{ address, gate: house?.at('file') },
    onStray: (report: StrayReport) => line.say({ type: 'stray', report }),
  };
  for (let tries = 1; ; tries += 1) {
    try {
      return await ChunkDesk.open(options);
    } catch (error) {
      if (!(error instanceof AddressError)) throw error;
      if (tries < mostTries) await pause(tryEveryMs);
      else {
        line.say({ type: 'refused', message: error.message, remedy: error.remedy });
        return undefined;
      }
    }
  }
}
