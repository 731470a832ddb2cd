import { expect, test } from 'vitest';
import { readWish } from './wish.ts';

test.each([
  ['MarkupSafe==3.0.2', 'markupsafe', '3.0.2'],
  ['six', 'six', undefined],
  ['six>=1,<2', 'six', undefined],
  ['six==1.*', 'six', undefined],
])('%s wishes for %s, exactly %s', (text, name, exact) => {
  const wish = readWish(text);
  expect([wish.requirement.name, wish.exact]).toEqual([name, exact]);
});

test.each(['', 'a b', 'six @ https://a.example/six.tar.gz', '--help'])('"%s" is refused with an example', (text) => {
  expect(() => readWish(text)).toThrow(/is no package/);
});
