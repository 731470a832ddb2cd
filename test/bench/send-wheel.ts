import { openLog } from '@piw/host/log';
import { FileSender } from '@piw/slave/service/file-sender';
import { dial } from '@piw/wire/dialler';
import { fromSender, toSender } from '@piw/wire/file-protocol';
import type { DialKeys } from '@piw/wire/keys/dial-keys';

/** A slave's sending half in a process of its own: it sends its file as its parent asks for it. */
const [address = '', path = '', given = 'null'] = process.argv.slice(2);
const keys = (JSON.parse(given) as DialKeys | null) ?? undefined;
const queue = dial({
  ...{ address, hears: toSender, says: fromSender, patienceMs: 60_000 },
  keys: keys && { ...keys, door: 'file' },
});
const sender = new FileSender(queue, openLog({ console: process.stderr, level: 'warn' }).logger);
void sender.listen();
process.on('message', ({ offset, ticket }: { offset: number; ticket: string }) => {
  sender.send(path, offset, Buffer.from(ticket, 'hex'));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
