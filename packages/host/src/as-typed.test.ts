import { expect, test } from 'vitest';
import { asTyped, plainTyping, typingOf, withCommandsAsTyped } from './as-typed.ts';

const npm = typingOf('piw-control', ['status'], { npm_command: 'exec' });

test('who started a program through npm is told to start others so', () => {
  expect(asTyped('piw-control', npm)).toBe('npx piw-control');
  expect(asTyped('piw-control', plainTyping)).toBe('piw-control');
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
  expect(withCommandsAsTyped(text, plainTyping)).toBe(text);
});

test.each([
  ['piw-add six --run-dir /run/farm', '--run-dir /run/farm'],
  ['piw-control --run-dir=old status --run-dir=new', '--run-dir new'],
  [
    'piw-monitor --master-key piwpub_1 --control-queue tcp://board.example:5557 --readonly',
    '--control-queue tcp://board.example:5557 --master-key piwpub_1',
  ],
  ["piw-sense --run-dir it's", "--run-dir 'it'\\''s'"],
  ['piw-control status -- --run-dir /run/farm', ''],
  ['piw-master --run-dir /run/farm --key-file of-the-master', ''],
])('after %j other programs are told of with the master that was meant', (words, master) => {
  const [program = '', ...argv] = words.split(' ');
  expect(typingOf(program, argv, {})).toEqual({ npx: false, master });
});

test('of which master it is about is told to the programs of operators alone', () => {
  const typing = typingOf('piw-control', ['--run-dir', 'run'], { npm_command: 'exec' });
  expect(withCommandsAsTyped('Then: piw-control lift pi (piw-add six), or: piw-keys show', typing)).toBe(
    'Then: npx piw-control --run-dir run lift pi (npx piw-add --run-dir run six), or: npx piw-keys show',
  );
});
