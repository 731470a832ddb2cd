import { expect, test } from 'vitest';
import { networkFault } from './network-fault.ts';

const nested = (inner: string) =>
  `HTTPConnectionPool(host='index.example', port=80): Max retries exceeded with url: /simple/six/ (Caused by ${inner})`;

test.each([
  [
    "NewConnectionError('<HTTPConnection object at 0x7f1>: Failed: [Errno 111] Connection refused')",
    'Connection refused',
  ],
  ['NameResolutionError("Failed to resolve: [Errno -2] Name or service not known")', 'Name or service not known'],
  [
    "SSLError(SSLCertVerificationError(1, '[SSL] certificate verify failed: self-signed certificate (_ssl.c:992)'))",
    'certificate verify failed: self-signed certificate',
  ],
  ['ReadTimeoutError("Read timed out. (read timeout=15)")', 'timed out'],
])('of %s the operator reads no more than the cause', (inner, cause) => {
  expect(networkFault(nested(inner))).toBe(cause);
});

test('a fault of a kind that is not known is told as pip tells it, on one line', () => {
  expect(networkFault('something\n  else.')).toBe('something else');
});
