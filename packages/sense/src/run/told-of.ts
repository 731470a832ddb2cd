import type { Done } from '@piw/operator/order';

/** What there is to tell, and whether it is good. */
export interface Told {
  readonly good: boolean;
  readonly text: string;
}

/** What came of an order, in a line. */
export function toldOf({ done, refused }: Done): Told {
  const said = [...refused, ...done].map(({ subject, text }) => `${subject}: ${text}`);
  if (said.length === 0) return { good: true, text: 'there was nothing to do' };
  const more = said.length > 2 ? `, and ${said.length - 2} more` : '';
  return { good: refused.length === 0, text: `${said.slice(0, 2).join(', ')}${more}` };
}
