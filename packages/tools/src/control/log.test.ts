import { capturedRun } from '@piw/host/captured-run';
import { Refusal } from '@piw/host/operator-error';
import { runProgram } from '@piw/host/program';
import { openStatus } from '@piw/wire/status-publisher';
import { openTestControl } from '@piw/wire/testing/open-control';
import { expect, onTestFinished, test } from 'vitest';
import { refusal, temporaryDir } from '../testing/canned-master.ts';
import { piwControl } from './piw-control.ts';

/** A master that has the log of attempt 12, and gives at most 8 bytes of it at once. */
async function openMaster(text: string | (() => string), ended: () => boolean = () => true): Promise<string> {
  const dir = await temporaryDir();
  await openTestControl(`ipc://${dir}/piw-control`, {
    LOG: ({ offset }) => {
      const log = Buffer.from(typeof text === 'string' ? text : text());
      return Promise.resolve({
        offset,
        bytes: log.subarray(offset, offset + 8),
        sizeBytes: log.length,
        ended: ended(),
      });
    },
  });
  return dir;
}

const run = (dir: string, ...words: string[]) => capturedRun(piwControl, ['log', '12', '--run-dir', dir, ...words]);

test('a log comes whole and as it is, letters of several bytes too', async () => {
  const text = 'fetch ✓ prüfen\n\x1b[31mrot\x1b[0m\n';
  expect(await run(await openMaster(text))).toEqual({ code: 0, out: text, err: '' });
});

test('of a log that still grows, what there is so far', async () => {
  const dir = await openMaster('fetch\nprepare\n', () => false);
  expect((await run(dir)).out).toBe('fetch\nprepare\n');
});

test('with --json a log is a line a piece, the last of which says whether it has ended', async () => {
  const { out } = await run(await openMaster('fetch\nprepare\n'), '--json');
  const pieces = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(pieces).toEqual([
    { offset: 0, text: 'fetch\npr', ended: false },
    { offset: 8, text: 'epare\n', ended: true },
  ]);
});

test.each([[], ['--follow']])('what does not arrive is no longer asked for %j', async (...words) => {
  const dir = await openMaster('fetch\nprepare\nbuild\n', () => false);
  const written: string[] = [];
  const { signal } = new AbortController();
  const code = await runProgram(piwControl, ['log', '12', ...words, '--run-dir', dir], {
    env: {},
    stdout: { write: (text) => written.push(text) },
    stderr: { write: () => undefined },
    delivered: () => Promise.reject(new Refusal('The disk is full.', 'Make room.')),
    configurationFiles: [],
    attend: () => ({ signal, urgent: signal, dispose: () => undefined }),
  });
  expect({ code, written }).toEqual({ code: 1, written: ['fetch\npr'] });
});

test('a terminal is not commanded by a log', async () => {
  const dir = await openMaster('\x1b]0;owned\x07\x1b[2Jgood\rbad\x00\n');
  let shown = '';
  const { signal } = new AbortController();
  const code = await runProgram(piwControl, ['log', '12', '--run-dir', dir], {
    env: {},
    stdout: { isTTY: true, write: (text) => (shown += text) },
    stderr: { write: () => undefined },
    delivered: () => Promise.resolve(),
    configurationFiles: [],
    attend: () => ({ signal, urgent: signal, dispose: () => undefined }),
  });
  expect(code).toBe(0);
  expect(shown).toMatch(/good\nbad\n$/);
  expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f]/);
});

test('--follow goes on to the end as the log is written', async () => {
  let over = false;
  const text = () => (over ? 'fetch\nbuild\n' : 'fetch\n');
  const dir = await openMaster(text, () => over);
  const status = await openStatus({
    address: `ipc://${dir}/piw-status`,
    onWatch: (attempt, on) => {
      if (!on) return;
      over = true;
      void status.say({ type: 'LOG', body: { attempt, offset: 6, bytes: Buffer.from('build\n'), ended: true } });
    },
  });
  onTestFinished(() => status.close());
  expect(await run(dir, '--follow')).toEqual({ code: 0, out: 'fetch\nbuild\n', err: '' });
});

test('following ends when somebody stops it', async () => {
  const stop = new AbortController();
  const dir = await openMaster('fetch\n', () => false);
  const running = capturedRun(piwControl, ['log', '12', '-f', '--run-dir', dir], { signal: stop.signal });
  stop.abort(new Error('key q'));
  expect((await running).code).toBe(1);
});

test('over tcp, --follow must be told where the status queue is', async () => {
  const server = await openTestControl('tcp://127.0.0.1:0', {});
  expect(await capturedRun(piwControl, ['log', '12', '-f', '--control-queue', server.address])).toEqual({
    ...{ code: 2, out: '' },
    err: `piw-control: The status queue that belongs to ${server.address} is not known. Give it with --status-queue.\n`,
  });
});

test('a log that the master refuses is one line, with what to type about the same master', async () => {
  const dir = await temporaryDir();
  const no = refusal('There is no attempt 12.', 'See: piw-control builds');
  await openTestControl(`ipc://${dir}/piw-control`, { LOG: () => Promise.reject(no) });
  const err = `piw-control: There is no attempt 12. See: piw-control --run-dir ${dir} builds\n`;
  expect(await run(dir)).toEqual({ code: 1, out: '', err });
  expect(await run(dir, '-f')).toEqual({ code: 1, out: '', err });
});
