import { expect, test } from 'vitest';
import { type Nudge, priorityOf, type Standing } from './priority.ts';

const target = { targetId: 7, preferred: true };
const old: Standing = { asked: false, ageMs: 1e12, requests: [], rebuilds: [], nudges: [] };
const nudge = (place: Nudge['place'], versionId: number | null, targetId: number | null): Nudge => ({
  place,
  versionId,
  targetId,
});

test('a request comes before what is wanted, that before a new release, that before a preferred target', () => {
  const standings = [
    { ...old, asked: true, ageMs: 0, requests: [7] },
    { ...old, asked: true, ageMs: 0, requests: [8] },
    { ...old, ageMs: 0 },
    old,
  ];
  const found = [...standings.map((one) => priorityOf(one, target)), priorityOf(old, { ...target, preferred: false })];
  expect(found).toEqual(['request', 'wanted', 'release', 'preferred', 'backlog']);
});

test('the most exact word of an operator decides', () => {
  const nudges = [nudge('front', null, null), nudge('back', 3, null), nudge('front', 3, 8)];
  expect(priorityOf({ ...old, asked: true, nudges }, target)).toBe('backlog');
  expect(priorityOf({ ...old, nudges }, { ...target, targetId: 8 })).toBe('request');
});
