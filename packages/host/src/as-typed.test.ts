import { expect, test } from 'vitest';
import { asTyped, withCommandsAsTyped } from './as-typed.ts';

const npm = { npm_command: 'exec' };

test('who started a program through npm is told to start others so', () => {
  expect(asTyped('piw-control', npm)).toBe('npx piw-control');
  expect(asTyped('piw-control', {})).toBe('piw-control');
});

test.each([
  ['piw-add lxml', 'npx piw-add lxml'],
  ['Add it: piw-add lxml', 'Add it: npx piw-add lxml'],
  ['"piw-control targets" lists them.', '"npx piw-control targets" lists them.'],
  ['Use "piw-control", or "piw-monitor --snapshot".', 'Use "npx piw-control", or "npx piw-monitor --snapshot".'],
  [
    'Mend what its log tells (piw-control builds --slave pi), then: piw-control lift pi',
    'Mend what its log tells (npx piw-control builds --slave pi), then: npx piw-control lift pi',
  ],
  ['Look at pi: is it up, does piw-slave run?', 'Look at pi: is it up, does piw-slave run?'],
  ['ipc:///run/piwheels/piw-control is not heard', 'ipc:///run/piwheels/piw-control is not heard'],
])('in %j a command is one that can be typed here', (text, typed) => {
  expect(withCommandsAsTyped(text, npm)).toBe(typed);
  expect(withCommandsAsTyped(text, {})).toBe(text);
});
