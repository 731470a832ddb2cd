import { EventEmitter } from 'node:events';
import type { ControlClient } from '@piw/wire/control-client';
import { expect, test } from 'vitest';
import { statistics } from '../testing/example-farm.ts';
import type { House } from './house.ts';
import { keepOpen } from './keep-open.ts';
import { parseWish } from './wishes.ts';

/** A farm that is new, or not, and over at once; what it says, and what is asked of its master. */
function house(packages = 0) {
  const [said, asked]: [string[], string[]] = [[], []];
  const control = {
    ask: (question: string, { package: name = '' }: { package?: string }) => {
      asked.push(`${question} ${name}`.trim());
      return Promise.resolve(question === 'ADD' ? { versions: [{ version: '1.0' }] } : { ...statistics(), packages });
    },
  } as unknown as ControlClient;
  const open: House = {
    ...{ siteUrl: 'http://127.0.0.1:8080/', control, news: new EventEmitter(), signal: new AbortController().signal },
    ...{ ended: Promise.resolve(), manned: Promise.resolve(new Set<string>()), deserted: Promise.resolve() },
    say: (line) => void said.push(line),
    close: () => Promise.resolve(),
  };
  return { open, said, asked };
}

test('a new farm builds three packages, so that its user sees it work', async () => {
  const { open, said, asked } = house();
  expect(await keepOpen({ wishes: [], slaves: 1 }, open)).toBe(0);
  expect(said.at(-1)).toMatch(/^the farm is new: it builds six, markupsafe, simplejson /);
  expect(asked).toEqual(['STATISTICS', 'ADD six', 'ADD markupsafe', 'ADD simplejson']);
});

test('one that has packages, or is told what to build, builds nothing of its own accord', async () => {
  const old = house(3);
  await keepOpen({ wishes: [], slaves: 1 }, old.open);
  expect(old.asked).toEqual(['STATISTICS']);
  const told = house();
  await keepOpen({ wishes: [parseWish('attrs')], slaves: 1 }, told.open);
  expect(told.asked).toEqual(['ADD attrs']);
});

test('without slaves a new farm promises nothing, and takes what is wished for', async () => {
  const { open, said, asked } = house();
  await keepOpen({ wishes: [], slaves: 0 }, open);
  expect(said.join('\n')).not.toContain('new');
  await keepOpen({ wishes: [parseWish('attrs')], slaves: 0 }, open);
  expect(asked).toEqual(['ADD attrs']);
});
