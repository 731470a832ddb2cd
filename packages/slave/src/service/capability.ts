import { UsageError } from '@piw/host/operator-error';

/** Reads `KEY=VALUE`; a value that is a number counts as one, so that needs can say "at least". Throws a UsageError. */
export function parseCapability(text: string): [string, string | number] {
  const [, key, value] = /^([A-Za-z][\w.-]{0,59})=(.{1,200})$/.exec(text) ?? [];
  if (key === undefined || value === undefined)
    throw new UsageError(`--capability ${text} names nothing.`, 'Write KEY=VALUE, as in --capability gpu=v3d.');
  const number = Number(value);
  return [key, value.trim() !== '' && Number.isFinite(number) ? number : value];
}
