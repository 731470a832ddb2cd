import { expect, test } from 'vitest';
import { parseCapability } from './capability.ts';

test.each([
  ['gpu=v3d', ['gpu', 'v3d']],
  ['disks=2', ['disks', 2]],
  ['cpu.flags=neon vfp=4', ['cpu.flags', 'neon vfp=4']],
  ['empty= ', ['empty', ' ']],
])('the capability %s is %j', (text, capability) => {
  expect(parseCapability(text)).toEqual(capability);
});

test.each(['gpu', '=v3d', 'gpu=', '1=2'])('%j is no capability, and the owner hears how to write one', (text) => {
  expect(() => parseCapability(text)).toThrow(`--capability ${text} names nothing.`);
});
