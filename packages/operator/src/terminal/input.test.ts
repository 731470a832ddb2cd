import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TerminalInput } from './input.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Input of which each thing that is heard becomes a word: `key:a`, `paste:…`, `down 4 2`, `light`. */
function openInput() {
  const heard: string[] = [];
  const input = new TerminalInput({
    keys: (bytes) => heard.push(`key:${bytes}`),
    paste: (text) => heard.push(`paste:${text}`),
    mouse: ({ kind, x, y }) => heard.push(`${kind} ${x} ${y}`),
    ground: (ground) => heard.push(ground),
  });
  const say = (...parts: readonly (string | Buffer)[]): string[] => {
    for (const part of parts) input.hear(Buffer.from(part));
    return heard.splice(0);
  };
  return { input, say, later: (ms: number) => (vi.advanceTimersByTime(ms), heard.splice(0)) };
}

const esc = 'key:\x1b[27u';

/** All that a terminal sends for one key, one move of the mouse, one answer; and what is heard of it. */
const sequences: readonly (readonly [string, readonly string[]])[] = [
  ['\x1b[A', ['key:\x1b[A']],
  ['\x1bOB', ['key:\x1bOB']],
  ['\x1b[1;5D', ['key:\x1b[1;5D']],
  ['\x1b[6~', ['key:\x1b[6~']],
  ['\x1b[Z', ['key:\x1b[Z']],
  ['\x1b[<0;5;3M', ['down 4 2']],
  ['\x1b[<0;5;3m', []],
  ['\x1b[<64;120;40M', ['wheel-up 119 39']],
  ['\x1b[M !!', []],
  ['\x1b]11;rgb:ffff/ffff/ffff\x07', ['light']],
  ['\x1b]11;rgb:0/0/0\x1b\\', ['dark']],
  ['\x1b]4;1;rgb:0/0/0\x07', []],
  ['\x1b[?62;22c', []],
  ['\x1b[I', []],
  ['\x1b[24;80R', []],
  ['\x1b[107;5u', []],
  ['\x1b[[A', []],
  ['\x1bOP', []],
  ['\x1b[99~', []],
  ['\x1bP>|XTerm(370)\x1b\\', []],
  ['\x1b_Gi=1;OK\x1b\\', []],
  ['\x1b[200~K\ny\x1b[A\x1b[201~', ['paste:K\ny\x1b[A']],
];

test.each(sequences)(
  '%j is heard as one thing or nothing, and never as keys, wherever it is cut',
  (sequence, wanted) => {
    for (let at = 1; at <= sequence.length; at += 1) {
      const { say, later } = openInput();
      const first = [...say(sequence.slice(0, at)), ...later(at === 1 ? 40 : 1000)];
      expect([...first, ...say(`${sequence.slice(at)}j`)]).toEqual([...wanted, 'key:j']);
    }
  },
);

test('whatever comes in whatever pieces, it is the same', () => {
  const piece = fc.constantFrom(...sequences.map(([sequence]) => sequence), 'a', 'é', '工', '\r', '\x03');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), fc.array(fc.nat(20), { maxLength: 20 }), (all, cuts) => {
      const bytes = Buffer.from(all.join(''));
      const pieces: Buffer[] = [];
      let at = 0;
      for (const length of cuts) pieces.push(bytes.subarray(at, (at += length)));
      pieces.push(bytes.subarray(at));
      const joined = (heard: string[]): string => heard.join('|').replaceAll(/(key:[^\x1b|]+)\|key:(?!\x1b)/g, '$1');
      const typed = (heard: string[]): string =>
        joined(
          heard.flatMap((one) => (/^key:[^\x1b]/.test(one) ? Array.from(one.slice(4), (key) => `key:${key}`) : [one])),
        );
      expect(typed(openInput().say(...pieces))).toBe(typed(openInput().say(bytes)));
    }),
  );
});

test('Esc alone is a key within a moment, and at once where another key follows', () => {
  const { say, later } = openInput();
  expect(say('\x1b')).toEqual([]);
  expect(later(50)).toEqual([esc]);
  expect(say('\x1bq')).toEqual([esc, 'key:q']);
  expect(say('\x1b\x1b')).toEqual([esc]);
  expect(later(50)).toEqual([esc]);
});

test('the rest of a sequence whose ESC was taken for a key, because it came so late, is no keys', () => {
  for (const rest of ['[A', '[<0;5;3M', 'OA', ']11;rgb:0/0/0\x07', '[24;80R']) {
    const { say, later } = openInput();
    expect([...say('\x1b'), ...later(400)]).toEqual([esc]);
    expect(say(rest, 'j').filter((one) => one.startsWith('key:') && !one.startsWith('key:\x1b'))).toEqual(['key:j']);
  }
});

test('what is typed after Esc is keys', () => {
  const { say, later } = openInput();
  expect([...say('\x1b'), ...later(50), ...say('O'), ...say('A')]).toEqual([esc, 'key:O', 'key:A']);
  expect([...say('\x1b'), ...later(3000), ...say('[')]).toEqual([esc, 'key:[']);
});

test('Alt with a bracket is nothing, and soon the keyboard is as before', () => {
  const { say, later } = openInput();
  expect([...say('\x1b['), ...later(2000), ...say('q')]).toEqual(['key:q']);
});

test('what has no end keeps no memory, and Enter, Ctrl-C and Esc are heard all the same', () => {
  const { say, later } = openInput();
  const much = 'x'.repeat(1 << 20);
  expect([...say(`\x1b]11;${much}`), ...later(60_000), ...say('y', '\x03')]).toEqual(['key:\x03']);
  expect([...say(`\x1bP1${much}`), ...say('y', '\r')]).toEqual(['key:\r']);
  expect([...say(`\x1b]11;${much}`), ...say('\x1b[A')]).toEqual(['key:\x1b[A']);
});

test('a paste goes on until it ends, however long it takes and much it is', () => {
  const { say, later } = openInput();
  expect([...say('\x1b[200~K\r'), ...later(60_000), ...say('y\r\x1b[20')]).toEqual([]);
  expect(say('1~j')).toEqual(['paste:K\ry\r', 'key:j']);
  const [pasted] = say('\x1b[200~', ...Array<string>(100).fill('x'.repeat(10_000)), '\x1b[2', '01~');
  expect(pasted).toMatch(/^paste:x+$/);
  expect(pasted!.length).toBeLessThan(100_000);
});

test('Ctrl-C by itself is a key, also in a paste whose end was lost', () => {
  const { say } = openInput();
  expect(say('\x1b[200~abc', '\x03', 'q')).toEqual(['key:\x03', 'key:q']);
});

test('bytes that are no text are nothing', () => {
  const { say } = openInput();
  expect(say(Buffer.from([0xff, 0xfe, 0x71]), Buffer.from('\u009bA'))).toEqual(['key:q', 'key:A']);
});

test('a character whose bytes come apart is one key', () => {
  const { say } = openInput();
  const bytes = Buffer.from('é');
  expect(say(bytes.subarray(0, 1), bytes.subarray(1))).toEqual(['key:é']);
});

test('DEL is Backspace, and the Delete key another', () => {
  const { say } = openInput();
  expect(say('\x7f', '\x1b[3~')).toEqual(['key:\b', 'key:\x1b[3~']);
});
