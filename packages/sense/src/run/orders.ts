import type { ControlClient } from '@piw/wire/control-client';
import type { Answer, ControlType, Question } from '@piw/wire/control-protocol';
import type { Given } from '../state/choice.ts';

/** An order about everything touches many rows, in milliseconds. */
const orderMs = 60_000;

/** Gives an order; resolves to what came of it, in a line. Rejects where it is refused or not answered. */
export async function giveOrder(
  control: ControlClient,
  given: Given,
  signal: AbortSignal,
): Promise<{ readonly good: boolean; readonly text: string }> {
  const { name, ask } = given as { readonly name: ControlType; readonly ask: Question<ControlType> };
  const answer = await control.ask(name, ask, { timeoutMs: orderMs, signal });
  const { done, refused } = answer as Answer<'PAUSE'>;
  const said = [...refused, ...done].map(({ subject, text }) => `${subject}: ${text}`);
  if (said.length === 0) return { good: true, text: 'there was nothing to do' };
  const more = said.length > 2 ? `, and ${said.length - 2} more` : '';
  return { good: refused.length === 0, text: `${said.slice(0, 2).join(', ')}${more}` };
}
