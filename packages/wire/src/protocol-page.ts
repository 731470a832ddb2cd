import { z } from 'zod';
import { looks } from './control/looks.ts';
import { orders } from './control/orders.ts';
import { type control, fromControl, toControl } from './control-protocol.ts';
import { fromSender, toSender } from './file-protocol.ts';
import { fromDoor, toDoor } from './keys/admission.ts';
import { type JsonSchema, linkTo, schemaText } from './schema-text.ts';
import { fromSlave, slaveProtocolVersion, toSlave } from './slave-protocol.ts';
import { logEvents, statusEvents } from './status-protocol.ts';
import type { Table } from './table.ts';

const opening = `# What programs say to each other

Made from the tables in \`packages/wire/src\`; after a change there,
\`npx vitest run --project units packages/wire/src/protocol-page.test.ts -u\` writes this page again.

A message is one zeromq frame that holds one CBOR item (RFC 8949), the list \`[type, body]\`: a text and a map. Only plain CBOR is read:
definite lengths, text as keys, no tags. Messages that are not in the table are dropped, and counted.
Control characters in text other than tab and line feed, and half characters, are read as U+FFFD, ends of lines as a line feed, and of more than eight marks (\\p{M}) on a character the first eight. Names tell units: Ms are milliseconds,
since 1970 (UTC) where they are a time, Bytes are bytes, C is °C; (≤ 60) is the most characters or entries. On the status queue a frame with the topic goes before.`;

const admission = `## Admission

On tcp, a master with keys speaks CURVE (ZeroMQ RFC 26), and lets nobody connect whose key its file of authorized keys doesn't name for that socket (ZAP, RFC 27). zeromq doesn't tell
whose key a message came under, so on its ROUTER sockets each connection proves that first, in messages that have CBOR's null (the byte f6) before the list: KNOCK,
CHALLENGE, PROOF, ADMITTED. From then on each of its messages has a frame with its token before it: names of connections can be taken by others. Whatever else it says before is dropped, and answered with CHALLENGE. A master without keys, and any ipc socket, has none of this.`;

/** `docs/protocol.md`: every conversation with its messages, their fields, and the shapes that they share. */
export function protocolPage(): string {
  const shapes = new Map<string, JsonSchema>();
  const conversation = (title: string, table: Table) =>
    [`### ${title}`, ...Object.entries(table).map(([type, body]) => message(type, body, shapes))].join('\n\n');
  const questions = (title: string, table: Partial<typeof control>) =>
    [`### ${title}`, ...Object.entries(table).map(([type, entry]) => question(type, entry, shapes))].join('\n\n');
  const sections = [
    opening,
    admission,
    conversation('Who wants in says', toDoor),
    conversation('The master answers who wants in', fromDoor),
    `## Slave queue\n\nROUTER, tcp port 5555. Protocol version ${slaveProtocolVersion}. Either side may speak at any time.`,
    conversation('A slave says', fromSlave),
    conversation('The master says to a slave', toSlave),
    '## File queue\n\nROUTER, tcp port 5556.',
    conversation('A slave sends', fromSender),
    conversation('The master answers a sender', toSender),
    '## Status queue\n\nPUB, ipc or tcp. Events are in the order of (epoch, n).',
    conversation('Topic `status`', statusEvents),
    conversation('Topics `log.<attempt>.`', logEvents),
    '## Control queue\n\nROUTER, ipc or tcp. Each question is answered or refused; answers may come in another order.',
    conversation('A client says', toControl),
    conversation('The master answers a client', fromControl),
    questions('Questions', looks),
    questions('Orders', orders),
  ];
  return `${[...sections, '## Shapes', ...shapeSections(shapes)].join('\n\n')}\n`;
}

function message(type: string, body: z.ZodType, shapes: Map<string, JsonSchema>): string {
  const schema = jsonSchema(body, shapes);
  return [`#### ${type}`, schema.description, fieldTable(schema)].filter(Boolean).join('\n\n');
}

function question(
  type: string,
  { about, ask, answer }: (typeof control)[keyof typeof control],
  shapes: Map<string, JsonSchema>,
): string {
  const [asked, answered] = [jsonSchema(ask, shapes), jsonSchema(answer, shapes)];
  const answerText = answered.$ref ? linkTo(answered.$ref) : fieldTable(answered);
  return [`#### ${type}`, about, fieldTable(asked), 'Answer:', answerText].filter(Boolean).join('\n\n');
}

/** A schema that refers to what has a name; that is noted among the shapes. */
function jsonSchema(schema: z.ZodType, shapes: Map<string, JsonSchema>): JsonSchema {
  const { $defs = {}, ...rest } = z.toJSONSchema(z.object({ it: schema }), {
    io: 'input',
    unrepresentable: 'any',
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> };
  for (const [name, shape] of Object.entries($defs)) shapes.set(name, shape);
  return rest.properties?.['it'] ?? {};
}

function* shapeSections(shapes: ReadonlyMap<string, JsonSchema>): Generator<string> {
  for (const [name, shape] of [...shapes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { description, ...rest } = shape;
    const contents = shape.properties ? fieldTable(shape) : Object.keys(rest).length > 0 && schemaText(rest);
    yield [`### ${name}`, description, contents].filter(Boolean).join('\n\n');
  }
}

function fieldTable({ properties = {}, required = [] }: JsonSchema): string {
  const rows = Object.entries(properties).map(([name, schema]) => {
    const optional = required.includes(name) ? '' : ', may be missing';
    return `| \`${name}\` | ${schemaText(schema)}${optional} |`;
  });
  return rows.length > 0 ? ['| field | |', '|---|---|', ...rows].join('\n') : '';
}
