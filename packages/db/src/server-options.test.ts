import { expect, test } from 'vitest';
import { serverOptions } from './server-options.ts';

test.each([
  ['postgresql:///piwheels', ''],
  ['piwheels', ''],
  ['postgresql://admin:secret@db.example:5433/piwheels', '-h db.example -p 5433 -U admin '],
  ['postgresql:///piwheels?host=/var/run/my%20server&port=5434&user=piw', "-h '/var/run/my server' -p 5434 -U piw "],
  ['postgresql://[fd00::1]/piwheels', '-h fd00::1 '],
])('PostgreSQL’s own programs reach the server of %s with "%s"', (dsn, options) => {
  expect(serverOptions(dsn)).toBe(options);
});
