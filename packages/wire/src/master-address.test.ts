import { expect, test } from 'vitest';
import { AddressError } from './address-error.ts';
import { parseMaster, parseMasters } from './master-address.ts';

test.each([
  ['farm.example', 'tcp://farm.example:5555', 'tcp://farm.example:5556'],
  ['farm.example:6000', 'tcp://farm.example:6000', 'tcp://farm.example:6001'],
  ['1234:abcd::1', 'tcp://[1234:abcd::1]:5555', 'tcp://[1234:abcd::1]:5556'],
  ['[1234:abcd::1]', 'tcp://[1234:abcd::1]:5555', 'tcp://[1234:abcd::1]:5556'],
  ['[1234:abcd::1]:6000', 'tcp://[1234:abcd::1]:6000', 'tcp://[1234:abcd::1]:6001'],
  ['tcp://[::1]:5555', 'tcp://[::1]:5555', 'tcp://[::1]:5556'],
  ['fe80::1%eth0', 'tcp://[fe80::1%eth0]:5555', 'tcp://[fe80::1%eth0]:5556'],
  ['ipc:///run/farm/', 'ipc:///run/farm/piw-slaves', 'ipc:///run/farm/piw-files'],
  ['192.0.2.7', 'tcp://192.0.2.7:5555', 'tcp://192.0.2.7:5556'],
  ['localhost', 'tcp://127.0.0.1:5555', 'tcp://127.0.0.1:5556'],
  ['  farm.example ', 'tcp://farm.example:5555', 'tcp://farm.example:5556'],
])('%s is a master', (text, slaveQueue, fileQueue) => {
  expect(parseMaster(text)).toEqual({ slaveQueue, fileQueue });
});

test.each([
  '',
  ':5555',
  'farm.example:',
  'farm.example:0',
  'farm.example:65535',
  'farm.example:99999',
  '[farm.example]',
  'a b',
  'ipc://',
  'ipc://run',
  'tcp://',
  'http://x',
])('"%s" is no master', (text) => {
  expect(() => parseMaster(text)).toThrow(AddressError);
});

test('several masters are told by commas, and each is dialled once', () => {
  expect(parseMasters('a.example, b.example:6000,a.example:5555').map(({ slaveQueue }) => slaveQueue)).toEqual([
    'tcp://a.example:5555',
    'tcp://b.example:6000',
  ]);
});
