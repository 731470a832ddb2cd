import { expect, test } from 'vitest';
import { type NamespaceFacts, sandboxRemedy } from './sandbox-remedy.ts';

const open: NamespaceFacts = {
  manager: 'apt',
  bubblewrapInstalled: true,
  apparmorRestricts: false,
  cloneRefused: false,
  noneAllowed: false,
};

test('where bubblewrap is missing the remedy is to install it', () => {
  expect(sandboxRemedy({ ...open, bubblewrapInstalled: false })).toContain('Run "apt install bubblewrap".');
});

test('where a setting of the kernel refuses namespaces the remedy is that setting, installed or not', () => {
  const remedies = [
    sandboxRemedy({ ...open, apparmorRestricts: true, bubblewrapInstalled: false }),
    sandboxRemedy({ ...open, cloneRefused: true }),
    sandboxRemedy({ ...open, noneAllowed: true }),
  ];
  expect(remedies[0]).toContain('kernel.apparmor_restrict_unprivileged_userns=0');
  expect(remedies[1]).toContain('kernel.unprivileged_userns_clone=1');
  expect(remedies[2]).toContain('user.max_user_namespaces=15000');
});

test('every remedy is one line, and names the way out for those who trust what they build', () => {
  for (const facts of [open, { ...open, apparmorRestricts: true }, { ...open, bubblewrapInstalled: false }])
    expect(sandboxRemedy(facts)).toMatch(/^[^\n]+ start with --sandbox none\.$/);
});
