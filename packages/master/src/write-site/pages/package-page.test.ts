import type { Cell } from '@piw/db/matrix-cells';
import { packageName } from '@piw/wheel/package-name';
import { version } from '@piw/wheel/version';
import { expect, test } from 'vitest';
import type { PackageStory } from '../package-story.ts';
import { packagePage } from './package-page.tsx';

const about = { name: 'farm', siteUrl: null };
const targets = ['cp313', 'cp39'].map((abi, targetId) => ({
  targetId,
  abi,
  platform: 'linux_x',
  python: '3',
  tags: [],
}));
const cell = (targetId: number, cells: Partial<Cell>): Cell => ({
  ...{ targetId, state: 'none', attempt: null, outcome: null, text: null, file: null },
  ...cells,
});
const row = (text: string, cells: Cell[] = []): PackageStory['versions'][number] => ({
  version: version.parse(text),
  ...{ releasedMs: 0, yanked: null, deleted: false, skipped: null, asked: false, cells },
});
const story = (told: Partial<PackageStory>): PackageStory => ({
  package: packageName.parse('demo'),
  ...{ description: null, recipe: null, skipped: null, targets, versions: [], status: 'active', files: [] },
  ...told,
});

test('whatever a stranger wrote is text on the page, nothing else', () => {
  const page = packagePage(story({ description: '<script>alert(1)</script>', skipped: '"><img src=x>' }), about);
  expect(page).not.toContain('<script>');
  expect(page).not.toContain('<img src=x>');
  expect(page).toContain('&lt;script>alert(1)');
});

test('targets stand in the order of their rank', () => {
  const page = packagePage(story({ versions: [row('1.0')] }), about);
  expect(page.indexOf('cp39')).toBeLessThan(page.indexOf('cp313'));
});

test('a build that runs has no log to lead to yet, one that ended has', () => {
  const building = cell(0, { state: 'building', attempt: 77 });
  const failed = cell(1, { state: 'failed', attempt: 78, outcome: 'timeout', text: 'It took longer than 3 h.' });
  const page = packagePage(story({ versions: [row('1.0', [building, failed])] }), about);
  expect(page).toContain('being built');
  expect(page).not.toContain('logs/0000/0000/0077');
  expect(page).toContain('failed: It took longer than 3 h.');
  expect(page).toContain('../../logs/0000/0000/0078.txt.gz');
});

test('a build whose wheel does not serve its own target is no wheel there', () => {
  const built = cell(0, { state: 'built', attempt: 79, outcome: 'success', text: 'Its tags exclude it.' });
  const page = packagePage(story({ versions: [row('1.0', [built])] }), about);
  expect(page).toContain('no wheel for this target: Its tags exclude it.');
  expect(page).not.toContain('✓');
});

test('a package without wheels says so, and does not tell how to install it', () => {
  const page = packagePage(story({}), about);
  expect(page).toContain('It has no wheels here.');
  expect(page).not.toContain('pip install');
});

test('a farm that knows its address tells the whole command', () => {
  const file = {
    ...{
      filename: 'demo-1.0-py3-none-any.whl',
      sha256: 'a'.repeat(64),
      sizeBytes: 2048,
      version: version.parse('1.0'),
    },
    ...{
      tags: [],
      buildTag: null,
      requiresPython: null,
      metadataSha256: '',
      builtOn: 1,
      hasElf: false,
      yanked: '',
      publishedMs: 0,
      attempt: null,
    },
    dependencies: { unresolved: ['libodd.so.1'] },
  };
  const page = packagePage(story({ files: [file] }), { name: 'farm', siteUrl: 'https://wheels.example/' });
  expect(page).toContain('pip install --extra-index-url https://wheels.example/simple/ demo');
  expect(page).toContain('libodd.so.1');
  expect(page).toContain('yanked');
});

test('of a long history the newest versions are shown, and where to find the others', () => {
  const versions = Array.from({ length: 150 }, (_, i) => row(`1.${149 - i}`));
  const page = packagePage(story({ versions }), about);
  expect(page).toContain('1.149');
  expect(page).not.toContain('>1.49 ');
  expect(page).toContain('Older versions are not shown here.');
});
