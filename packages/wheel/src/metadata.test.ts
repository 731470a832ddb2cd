import { expect, test } from 'vitest';
import { maxMetadataBytes, parseMetadata } from './metadata.ts';

const parse = (...lines: string[]) => parseMetadata(new TextEncoder().encode(lines.join('\n')));

test('metadata says what its fields say, several times where it may', () => {
  const metadata = parse(
    'Metadata-Version: 2.4',
    'Name: Foo.Bar',
    'Version: 1.0-BETA',
    'Summary: It does things',
    'Requires-Python: >=3.9',
    'Requires-Dist: six',
    "Requires-Dist: attrs>=20 ; extra == 'fast'",
    'Provides-Extra: fast',
    'Dynamic: Requires-Dist',
    '',
    'A long story.',
    'Name: not a field',
  );
  expect(metadata).toEqual({
    metadataVersion: '2.4',
    name: 'Foo.Bar',
    version: '1.0-BETA',
    summary: 'It does things',
    requiresPython: '>=3.9',
    requiresDist: ['six', "attrs>=20 ; extra == 'fast'"],
    providesExtra: ['fast'],
    importNames: null,
    importNamespaces: [],
    dynamic: ['requires-dist'],
    description: 'A long story.\nName: not a field',
  });
});

test('field names are read in any case, and lines may end in CRLF', () => {
  expect(parse('NAME: a\r', 'version:1\r', '\r')).toMatchObject({ name: 'a', version: '1' });
});

test('a description in the header goes on over continuation lines', () => {
  const { description } = parse('Name: a', 'Version: 1', 'Description: First.', '        Second.', '\tThird.');
  expect(description).toBe('First.\nSecond.\nThird.');
});

test('import names come without their markers', () => {
  const { importNames, importNamespaces } = parse(
    'Name: a',
    'Version: 1',
    'Import-Name: a',
    'Import-Name: _a ; private',
    'Import-Namespace: ns',
  );
  expect(importNames).toEqual(['a', '_a']);
  expect(importNamespaces).toEqual(['ns']);
});

test('an empty Import-Name says that there is nothing to import', () => {
  expect(parse('Name: a', 'Version: 1', 'Import-Name:').importNames).toEqual([]);
});

test('a line that is no field ends the header, as it does for Python', () => {
  expect(parse('Name: a', 'Version: 1', 'this is not a field', 'Requires-Dist: evil').requiresDist).toEqual([]);
});

test('metadata in an old encoding is read as well as it can be', () => {
  expect(parseMetadata(Buffer.from('Name: a\nVersion: 1\nSummary: Gr\xfc\xdfe\n', 'latin1')).summary).toBe('Gr��e');
});

test('a field that is said twice with one value is no contradiction', () => {
  expect(parse('Name: a', 'Name: a', 'Version: 1').name).toBe('a');
});

test.each([
  ['has no name', ['Version: 1']],
  ['has no version', ['Name: a', 'Version:']],
  ['has two values for requires-python', ['Name: a', 'Version: 1', 'Requires-Python: >=3', 'Requires-Python: >=2']],
])('metadata that %s is refused', (fault, lines) => {
  expect(() => parse(...lines)).toThrow(fault);
});

test('metadata of more than eight mebibytes is refused', () => {
  expect(() => parseMetadata(new Uint8Array(maxMetadataBytes + 1))).toThrow(`more than ${maxMetadataBytes} bytes`);
});
