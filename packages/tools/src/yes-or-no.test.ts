import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { yesOrNo } from './yes-or-no.ts';

const never = new AbortController().signal;
const terminal = () => ({
  stdin: Object.assign(new PassThrough(), { isTTY: true }),
  stderr: Object.assign(new PassThrough(), { isTTY: true }),
});

test.each([
  ['y', true],
  [' YES ', true],
  ['n', false],
  ['', false],
  ['yesterday', false],
])('the answer "%s" is taken as %s', async (answer, meant) => {
  const { stdin, stderr } = terminal();
  stdin.write(`${answer}\n`);
  expect(await yesOrNo('Stop all slaves?', never, { stdin, stderr })).toBe(meant);
  expect(String(stderr.read())).toContain('Stop all slaves? [y/N] ');
});

test('where nobody sits at a terminal nobody is asked', async () => {
  const { stdin, stderr } = terminal();
  stdin.isTTY = false;
  expect(await yesOrNo('Stop all slaves?', never, { stdin, stderr })).toBeUndefined();
  expect(stderr.read()).toBeNull();
});

test('a question that is not answered ends with the signal', async () => {
  const asked = yesOrNo('Stop all slaves?', AbortSignal.abort(new Error('SIGINT')), terminal());
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});
