import { expect, test } from 'vitest';
import { formatType, type IndexType, indexHtml, indexJson, negotiate, plainHtml } from './negotiate.ts';

const all: IndexType[] = [plainHtml, indexHtml, indexJson];

test.each([
  ['nothing', undefined, plainHtml],
  ['anything', '*/*', plainHtml],
  ['what pip asks for', `${indexJson}, ${indexHtml}; q=0.1, text/html; q=0.01`, indexJson],
  ['what uv asks for', `${indexJson}, ${indexHtml};q=0.2, text/html;q=0.01`, indexJson],
  ['what a browser asks for', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', plainHtml],
  ['the latest version', 'application/vnd.pypi.simple.latest+json', indexJson],
  ['the HTML version alone', indexHtml, indexHtml],
  ['JSON and HTML alike', `text/html, ${indexJson}`, indexJson],
  ['any application type', 'application/*', indexJson],
  ['any text', 'text/*', plainHtml],
  ['anything but plain HTML', '*/*, text/html;q=0', indexHtml],
  ['capital letters', 'TEXT/HTML', plainHtml],
])('who asks for %s gets the form that suits best', (_, accept, expected) => {
  expect(negotiate(accept, all)).toBe(expected);
});

test('nothing suits who only takes pictures, or refuses everything', () => {
  expect(negotiate('image/png', all)).toBeUndefined();
  expect(negotiate('*/*;q=0', all)).toBeUndefined();
});

test('only what there is can be chosen', () => {
  expect(negotiate(`${indexJson}, text/html;q=0.1`, [plainHtml, indexHtml])).toBe(plainHtml);
  expect(negotiate(indexJson, [plainHtml])).toBeUndefined();
});

test('the format in the address may have its plus sign as a space', () => {
  expect(formatType('application/vnd.pypi.simple.v1 json', all)).toBe(indexJson);
  expect(formatType('application/vnd.pypi.simple.latest+html', all)).toBe(indexHtml);
  expect(formatType('application/pdf', all)).toBeUndefined();
});
