import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { MarkedOutput, markOf } from './marked-output.ts';

function listening() {
  const stream = new PassThrough();
  const output = new MarkedOutput(stream);
  const said: string[] = [];
  output.listen((bytes) => said.push(bytes.toString()));
  return { stream, output, said: () => said.join('') };
}

test.each([
  ['whole', ['one\n', `two\n${markOf('a')}three\n`]],
  ['in pieces', ['one\ntwo\n\0', 'a', '\nthree', '\n']],
])('a mark that comes %s is taken out, and what came before it has been heard', async (_, pieces) => {
  const { stream, output, said } = listening();
  const reached = output.until('a').then(said);
  for (const piece of pieces) stream.write(piece);
  expect(await reached).toContain('one\ntwo\n');
  expect(said()).toBe('one\ntwo\nthree\n');
});

test('what is like a mark and is none is text', async () => {
  const { stream, output, said } = listening();
  const reached = output.until('ab');
  stream.write(`\0 \0a\n${markOf('b')}\0a`);
  stream.write(`${markOf('ab')}\0`);
  await reached;
  expect(said()).toBe(`\0 \0a\n${markOf('b')}\0a\0`);
});

test('marks are reached in their order, and whoever listens then hears what comes after', async () => {
  const { stream, output, said } = listening();
  const order: string[] = [];
  const both = ['a', 'b'].map((mark) => output.until(mark).then(() => order.push(mark)));
  stream.write(`one${markOf('a')}two${markOf('b')}`);
  await Promise.all(both);
  const later: string[] = [];
  output.listen((bytes) => later.push(bytes.toString()));
  stream.write('three');
  expect([order, said(), later]).toEqual([['a', 'b'], 'onetwo', ['three']]);
});

test('where nothing more will come nobody waits for a mark, and the beginning of one was text', async () => {
  const { stream, output, said } = listening();
  const reached = output.until('ab');
  stream.end('one\0a');
  await Promise.all([reached, once(stream, 'close')]);
  await output.until('never');
  expect(said()).toBe('one\0a');
});
