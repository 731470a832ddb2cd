import { farmWith, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { Store } from '../run/store.ts';
import { typeKeys } from '../run/type-keys.ts';
import { TestMonitor } from '../testing/farm.ts';

const opened = (): TestMonitor => new TestMonitor(farmWith([slaveLike(1, 'rock-1'), slaveLike(2, 'rock-2')]));
const paste = (on: TestMonitor, text: string): TestMonitor => on.happens({ type: 'PASTE', text });

test('what is pasted where no line is typed gives no order, and that is told', () => {
  const it = paste(opened().press('down'), 'K\ny');
  expect(it.effects).toEqual([]);
  expect(it.monitor.prompt).toBeNull();
  expect(it.line('pasted')).toContain('What was pasted is ignored');
});

test('what is pasted is no answer to a question', () => {
  const it = paste(opened().press('down', 'K', 'enter'), 'y');
  expect(it.monitor.prompt?.for).toBe('yes');
  expect(it.effects).toEqual([]);
});

test('what is pasted into a line is one line, where one is in it, and filters as if it was typed', () => {
  const it = paste(opened().press('/').type('ab').press('left'), '\tro\x1b[A\r\nck\u202e\x07\n');
  expect(it.monitor.prompt).toMatchObject({ typed: { text: 'aro [A ckb', at: 9 } });
  expect(it.line('aro [A ckb')).toContain('/');
  expect(paste(opened().press('/'), 'x'.repeat(100_000)).monitor.prompt).toMatchObject({ typed: { at: 1000 } });
});

test('a reason may be pasted; its end orders nothing', () => {
  const it = paste(opened().press('down', 'p'), 'too slow\n');
  expect(it.monitor.prompt).toMatchObject({ for: 'reason', typed: { text: 'too slow' } });
  expect(it.effects).toEqual([]);
});

test('keys that come together are no answer to a question that one of them raises', () => {
  const store = new Store(opened().press('down').monitor);
  typeKeys(store, ['K', 'enter', 'y', 'y']);
  expect(store.get().prompt?.for).toBe('yes');
  typeKeys(store, ['esc', '/', 'r', 'o', 'enter', 'K', 'enter', 'y']);
  expect(store.get().prompt?.for).toBe('yes');
  typeKeys(store, ['y', 'j']);
  expect(store.get().prompt).toBeNull();
});
