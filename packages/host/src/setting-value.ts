import type { Options } from 'yargs';

const yes = ['true', 'yes', 'on', '1'];
const no = ['false', 'no', 'off', '0'];

/**
 * What the text of a file or variable means to an option: a boolean, a number, a list (several `key[] =` lines, or
 * one with commas) or text. Throws an Error that says what was expected.
 */
export function settingValue(definition: Options, value: unknown): unknown {
  if (definition.array === true || definition.type === 'array')
    return Array.isArray(value)
      ? value.map(asText)
      : asText(value)
          .split(',')
          .map((item) => item.trim());
  const text = asText(value);
  if (definition.boolean === true || definition.type === 'boolean') return asBoolean(text);
  if (definition.number === true || ['number', 'count'].includes(definition.type ?? '')) return asNumber(text);
  return text;
}

function asText(value: unknown): string {
  if (typeof value === 'object' && value !== null) throw new Error('one value is expected');
  return String(value);
}

function asBoolean(text: string): boolean {
  if (yes.includes(text.toLowerCase())) return true;
  if (no.includes(text.toLowerCase())) return false;
  throw new Error(`"${text}" is neither true nor false`);
}

function asNumber(text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number)) throw new Error(`"${text}" is no number`);
  return number;
}
