import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { clearAttention, raiseAttention } from '@piw/db/attention';
import { untoldAttention } from '@piw/db/attention-told';
import { useDatabase } from '@piw/db/testing/use-database';
import { SMTPServer } from 'smtp-server';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import type { AttentionHooks } from '../options.ts';
import { type TestPremises, testPremises } from '../testing/test-premises.ts';
import { tellAttention } from './tell-attention.ts';

const database = useDatabase();
afterEach(() => database.pool.query('update attention set cleared_at = raised_at, commanded = 2, mailed = 2'));

const raise = (kind: string, subject: string) =>
  raiseAttention(database.pool, { kind, subject, text: `${subject} is in trouble.`, remedy: 'Look at it.' });
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'piw-attention-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** The hooks at work until the test is over, or `stop` is called. */
function begin(attention: Partial<AttentionHooks>): { premises: TestPremises; stop: () => Promise<void> } {
  const options = { attention: { command: null, mail: null, ...attention } };
  const premises = testPremises(database.pool, { options, periods: { mailMs: 50 } });
  const stopping = new AbortController();
  const running = tellAttention(premises, stopping.signal);
  const stop = async () => {
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  return { premises, stop };
}

/** A mail server on a port of its own; the letters that it took. */
async function mailServer(port = 0) {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, _, done) => {
      void text(stream).then((letter) => {
        letters.push(letter);
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  onTestFinished(close);
  return { letters, close, port: (server.server.address() as AddressInfo).port };
}
const mailTo = (port: number) => ({
  mail: { to: 'ann@desk.example', from: 'farm@farm.example', smtpUrl: `smtp://127.0.0.1:${port}` },
});

test('a command is run when something needs a human and when it is over, once each, and is told what', async () => {
  const said = join(folder(), 'said');
  await raise('disk-low', "desk'; touch /");
  const { stop } = begin({ command: `echo "$PIW_ATTENTION_STATE $PIW_ATTENTION_SUBJECT" >> ${said}; cat >> ${said}` });
  await until(async () => expect(await untoldAttention(database.pool, 'command')).toEqual([]));
  await stop();
  await clearAttention(database.pool, 'disk-low', "desk'; touch /");
  begin({ command: `echo "$PIW_ATTENTION_STATE" >> ${said}` });
  await until(() => expect(readFileSync(said, 'utf8')).toMatch(/cleared\n$/));
  const lines = readFileSync(said, 'utf8').trim().split('\n');
  expect(lines[0]).toBe("raised desk'; touch /");
  expect(JSON.parse(lines[1]!)).toMatchObject({ kind: 'disk-low', remedy: 'Look at it.' });
  expect(lines.slice(2)).toEqual(['cleared']);
});

test('a command that fails is logged with what it said, and the next one is run all the same', async () => {
  await raise('slave-lost', 'rock-1');
  await raise('slave-lost', 'rock-2');
  const { premises } = begin({ command: 'echo no pager for "$PIW_ATTENTION_SUBJECT" >&2; exit 3' });
  await until(() => expect(premises.told()).toContain('no pager for rock-2'));
  expect(premises.told()).toContain('slave-lost rock-1 (raised): exit 3: no pager for rock-1');
});

test('what comes together goes out in one mail, with what to do', async () => {
  const { letters, port } = await mailServer();
  await raise('slave-lost', 'rock-3');
  await raise('slave-lost', 'rock-4\r\nBcc: all@desk.example');
  begin(mailTo(port));
  await until(() => expect(letters).toHaveLength(1));
  const [head, body] = letters[0]!.split('\r\n\r\n') as [string, string];
  expect(head).toContain('Subject: test farm: rock-3 is in trouble. (and 1 more)');
  expect(head).not.toMatch(/^Bcc/m);
  expect(body).toContain('Look at it.');
});

test('what is over goes out in a mail of its own, that says so and asks nobody for anything', async () => {
  const { letters, port } = await mailServer();
  await raise('slave-lost', 'rock-5');
  begin(mailTo(port));
  await until(() => expect(letters).toHaveLength(1));
  await clearAttention(database.pool, 'slave-lost', 'rock-5');
  await until(() => expect(letters).toHaveLength(2));
  const [head, body] = letters[1]!.split('\r\n\r\n') as [string, string];
  expect(head).toContain('Subject: test farm: over: rock-5 is in trouble.');
  expect(body).toMatch(/^Over:\r\n/);
  expect(body).not.toContain('Look at it.');
});

test('what is older than a day is told to nobody who comes now, and what is younger is', async () => {
  await raise('slave-lost', 'rock-6');
  await raise('slave-lost', 'rock-7');
  await database.pool.query(`update attention set raised_at = now() - interval '25 hours' where subject = 'rock-6'`);
  await database.pool.query(`update attention set raised_at = now() - interval '23 hours' where subject = 'rock-7'`);
  expect((await untoldAttention(database.pool, 'mail')).map(({ subject }) => subject)).toEqual(['rock-7']);
});

test('a mail server that is away is tried again until it takes the mail', async () => {
  const { close, port } = await mailServer();
  await close();
  await raise('world-at-fault', 'index-unreachable');
  const { premises } = begin(mailTo(port));
  await until(() => expect(premises.told()).toContain('mail to ann@desk.example waits'));
  const { letters } = await mailServer(port);
  await until(() => expect(letters).toHaveLength(1));
});
