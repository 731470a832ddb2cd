import { expect, test } from 'vitest';
import { withFullStop } from './with-full-stop.ts';

test.each([
  ['no space left on device', 'no space left on device.'],
  ['It is no page of PEP 691.', 'It is no page of PEP 691.'],
  ['Is it up?', 'Is it up?'],
])('the sentence %j ends once', (text, ended) => {
  expect(withFullStop(text)).toBe(ended);
});
