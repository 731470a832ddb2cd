import { expect, test } from 'vitest';
import { installAdvice, packageManagerOf } from './distribution.ts';

test('Raspberry Pi OS, Ubuntu and Debian are told to apt install', () => {
  expect(packageManagerOf('PRETTY_NAME="Debian GNU/Linux 12"\nID=debian\n')).toBe('apt');
  expect(packageManagerOf('ID=ubuntu\nID_LIKE=debian\n')).toBe('apt');
  expect(packageManagerOf('ID=raspbian\nID_LIKE=debian\n')).toBe('apt');
});

test('a distribution that is only like a known one is told to use the package manager of that one', () => {
  expect(packageManagerOf('ID="almalinux"\nID_LIKE="rhel centos fedora"\n')).toBe('dnf');
  expect(packageManagerOf('ID=postmarketos\nID_LIKE="alpine"\n')).toBe('apk');
  expect(packageManagerOf("ID='manjaro'\nID_LIKE='arch'\n")).toBe('pacman');
});

test('a distribution that nobody knows gets the name of the package and no command', () => {
  expect(packageManagerOf('ID=haiku\n')).toBeNull();
  expect(installAdvice(null, ['bubblewrap'])).toBe('Install bubblewrap with your package manager.');
  expect(installAdvice('apt', ['gcc', 'python3-dev'])).toBe('Run "apt install gcc python3-dev".');
});
