import type { ControlClient } from '@piw/wire/control-client';
import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';
import { orderPatience } from './with-control.ts';

/** What an order did, and what of it was refused. */
export type Done = Answer<'PAUSE'>;

/** Orders that are answered with that. */
export type OrderName = { [K in ControlType]: Answer<K> extends Done ? K : never }[ControlType];

/** What is ordered, in the words of the protocol. */
export type Given = { [K in OrderName]: { readonly name: K; readonly ask: Question<K> } }[OrderName];

/** Gives an order to a master. Throws a ControlError where it refuses or does not answer in time. */
export const giveOrder = (control: ControlClient, { name, ask }: Given, signal: AbortSignal): Promise<Done> =>
  control.ask(name, ask, orderPatience(signal));
