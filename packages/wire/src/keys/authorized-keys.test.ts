import { expect, test } from 'vitest';
import { faultIn, parseAuthorizedKeys } from './authorized-keys.ts';
import { authorize, revoke } from './edit-authorized-keys.ts';
import { makeKeyPair } from './key-pair.ts';

const [ann, bob] = [makeKeyPair().publicKey, makeKeyPair().publicKey];
const file = `# people\nslave ${ann} ann smith\n\n  operator   ${bob}  bob\n`;

test('each line lets a key in, in a role and under a name', () => {
  expect(parseAuthorizedKeys(file)).toEqual({
    holders: [
      { role: 'slave', key: ann, label: 'ann smith' },
      { role: 'operator', key: bob, label: 'bob' },
    ],
    faults: [],
  });
});

test.each([
  ['slave', /not of the form/],
  [`slave ${ann}`, /not of the form/],
  [`root ${ann} ann`, /none of slave, observer, operator/],
  [`slave ${ann.slice(0, -1)} ann`, /no public key/],
  [`slave ${makeKeyPair().secretKey} ann`, /a secret key/],
  [`slave ${ann} a\u0007b`, /label/],
  [`slave ${ann} ${'x'.repeat(51)}`, /label/],
])('the line %j lets nobody in, and is told by its number', (line, fault) => {
  const { holders, faults } = parseAuthorizedKeys(`operator ${bob} bob\n${line}\n`);
  expect(holders).toHaveLength(1);
  expect(faults).toEqual([{ line: 2, fault: expect.stringMatching(fault) as string }]);
  expect(faultIn('/etc/piwheels/authorized_keys', faults[0]!).message).toMatch(
    /^\/etc\/piwheels\/authorized_keys, line 2: /,
  );
});

test('a key has one line: the second lets it in as nothing else', () => {
  const { holders, faults } = parseAuthorizedKeys(`observer ${ann} ann\noperator ${ann} ann\n`);
  expect(holders).toEqual([{ role: 'observer', key: ann, label: 'ann' }]);
  expect(faults).toEqual([{ line: 2, fault: 'the key has a line already' }]);
});

test('authorizing adds a line, keeps what is there, and does nothing twice', () => {
  const key = makeKeyPair().publicKey;
  const more = authorize(file, { role: 'observer', key, label: 'cy' });
  expect(more).toBe(`${file}observer ${key} cy\n`);
  expect(authorize(more, { role: 'observer', key, label: 'cy' })).toBe(more);
  expect(authorize('# no end of line', { role: 'slave', key, label: 'cy' })).toBe(
    `# no end of line\nslave ${key} cy\n`,
  );
});

test('a key that is authorized as something else is not authorized again', () => {
  expect(() => authorize(file, { role: 'operator', key: ann, label: 'ann smith' })).toThrow(
    /authorized already: slave ann smith/,
  );
});

test('revoking takes out all keys of a label, or the one key, and keeps comments', () => {
  const two = authorize(file, { role: 'observer', key: makeKeyPair().publicKey, label: 'bob' });
  expect(revoke(two, 'bob')).toMatchObject({
    text: `# people\nslave ${ann} ann smith\n\n`,
    revoked: [{ key: bob }, {}],
  });
  expect(revoke(file, ann).text).toBe(`# people\n\n  operator   ${bob}  bob\n`);
  expect(() => revoke(file, 'cy')).toThrow(/No authorized key/);
});
