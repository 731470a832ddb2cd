import { expect, test } from 'vitest';
import { withoutKeys } from './without-keys.ts';

test.each(['tcp://*:5555', 'tcp://0.0.0.0:5555', 'tcp://[::]:5555'])(
  'without keys %s is this machine alone',
  (address) => {
    expect(withoutKeys(address)).toBe('tcp://localhost:5555');
  },
);

test.each(['tcp://localhost:5555', 'tcp://127.0.0.1:0', 'tcp://[::1]:5555', 'ipc:///run/piwheels/piw-slaves'])(
  '%s needs no keys',
  (address) => {
    expect(withoutKeys(address)).toBe(address);
  },
);

test.each(['tcp://10.0.0.7:5555', 'tcp://127.example:5555', 'tcp://[2001:db8::1]:5555'])(
  'without keys the master does not listen on %s',
  (address) => {
    expect(() => withoutKeys(address)).toThrow(/Without keys/);
  },
);
