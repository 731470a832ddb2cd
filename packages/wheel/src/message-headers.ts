/** Header fields in their order, and what follows the first empty line. */
export interface Message {
  readonly fields: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const field = /^([\x21-\x39\x3b-\x7e]+):/;

/**
 * Splits text as Python's email parser does, which METADATA and WHEEL are written for (PEP 566, PEP 427): names in lower
 * case, continuation lines joined by a line feed. A line that is no field ends the header, and the body begins with it.
 */
export function parseMessage(text: string): Message {
  const lines = text.split(/\r\n|\r|\n/);
  const fields: [string, string][] = [];
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at]!;
    const last = fields.at(-1);
    const name = field.exec(line)?.[1];
    if (name !== undefined) fields.push([name.toLowerCase(), line.slice(name.length + 1).trim()]);
    else if (last !== undefined && /^[ \t]/.test(line)) last[1] += `\n${line.trim()}`;
    else break;
  }
  const bodyStart = lines[at] === '' ? at + 1 : at;
  return { fields, body: lines.slice(bodyStart).join('\n') };
}

/** All values of a field, in their order. */
export const valuesOf = ({ fields }: Message, name: string): string[] =>
  fields.filter(([each]) => each === name).map(([, value]) => value);
