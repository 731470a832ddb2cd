import type { Notice } from '@piw/db/attention-told';

/** A mail as it is written. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
}

/** One mail for all that is to be told: what needs a human first, then what no longer does. */
export function attentionMail(farm: string, notices: readonly Notice[]): Letter {
  const raised = notices.filter(({ state }) => state === 'raised');
  const cleared = notices.filter(({ state }) => state === 'cleared');
  const [first] = raised.length > 0 ? raised : cleared;
  const more = notices.length > 1 ? ` (and ${notices.length - 1} more)` : '';
  const headline = first ? `${first.state === 'cleared' ? 'over: ' : ''}${first.text}` : '';
  const text = [
    ...raised.flatMap(({ text, remedy, atMs }) => [`${time(atMs)}  ${text}`, `    ${remedy}`, '']),
    ...(cleared.length > 0 ? ['Over:', ...cleared.map(({ text, atMs }) => `${time(atMs)}  ${text}`), ''] : []),
  ].join('\n');
  return { subject: oneLine(`${farm}: ${headline}${more}`).slice(0, 200), text };
}

const time = (ms: number): string => new Date(ms).toISOString().replace('T', ' ').slice(0, 19);

/** What slaves and packages are called must not become a header of its own. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
