import { expect, test } from 'vitest';
import type { FarmFolder } from './folder.ts';
import type { FarmOptions } from './options.ts';
import { webOrder } from './orders.ts';

test('a web server that found a free port has that one when it is started again', () => {
  const heard: string[] = [];
  const options = { httpHost: '127.0.0.1', httpPort: 0 } as FarmOptions;
  const order = webOrder({ output: '/srv/site' } as FarmFolder, options, (url) => heard.push(url));
  const port = () => order.args.at(-1);
  expect(port()).toBe('0');
  order.onLine?.('something else');
  order.onLine?.('site   http://127.0.0.1:40123/simple/');
  expect([port(), heard]).toEqual(['40123', ['http://127.0.0.1:40123/']]);
});
