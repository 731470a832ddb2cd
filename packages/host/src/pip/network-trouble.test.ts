import { expect, test } from 'vitest';
import { plainly } from './network-trouble.ts';

test.each([
  [
    "HTTPConnectionPool(host='i.example', port=9): Max retries exceeded with url: /simple/ (Caused by NewConnectionError('<pool.HTTPConnection object at 0x7f>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    'Connection refused',
  ],
  [
    '(Caused by NameResolutionError("<pool.HTTPSConnection object at 0x7f>: Failed to resolve \'i.example\' ([Errno -2] Name or service not known)"))',
    'Name or service not known',
  ],
  ["HTTPSConnectionPool(host='i.example', port=443): Read timed out. (read timeout=15)", 'Read timed out'],
  [
    "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: self-signed certificate (_ssl.c:992)'))",
    'certificate verify failed: self-signed certificate',
  ],
  [
    "HTTPConnectionPool(host='i.example', port=80): Max retries exceeded with url: /simple/ (Caused by ResponseError('too many 503 error responses'))",
    'too many 503 error responses',
  ],
  ['something else <an object at 0x7f> went wrong', 'something else went wrong'],
])('%j is told as "%s"', (text, told) => {
  expect(plainly(text)).toBe(told);
});
