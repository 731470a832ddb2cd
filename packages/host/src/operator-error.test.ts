import { expect, test } from 'vitest';
import { asOperatorError, OperatorError, UsageError } from './operator-error.ts';

test('a library’s error that has a remedy is told like any other that its reader can put right', () => {
  const error = Object.assign(new Error('port 5555 is taken'), { remedy: 'Give another.' });
  expect(asOperatorError(error)).toMatchObject({ message: 'port 5555 is taken', remedy: 'Give another.', exitCode: 1 });
  expect(asOperatorError(error)).toBeInstanceOf(OperatorError);
});

test('an operator’s error stays what it is, and a bug is none', () => {
  const usage = new UsageError('unknown option', 'See --help.');
  expect(asOperatorError(usage)).toBe(usage);
  expect(asOperatorError(new Error('undefined is not a function'))).toBeUndefined();
});
