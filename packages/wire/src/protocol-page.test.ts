import { expect, test } from 'vitest';
import { protocolPage } from './protocol-page.ts';

test('docs/protocol.md is what the tables say', async () => {
  await expect(protocolPage()).toMatchFileSnapshot('../../../docs/protocol.md');
});

test('every reference of the page leads to a section of it', () => {
  const page = protocolPage();
  const sections = [...page.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) => title.toLowerCase().replaceAll(' ', '-'));
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
  expect(links.filter((link) => !sections.includes(link ?? ''))).toEqual([]);
});
