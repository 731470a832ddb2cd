import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CapturedSurroundings, capturedRun } from './captured-run.ts';
import { command, type Program } from './command.ts';
import { parseDuration } from './duration.ts';
import { program } from './program.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'settings-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const slave = program({
  name: 'piw-slave',
  describe: 'Builds wheels for a master',
  builder: (yargs) =>
    yargs
      .option('master', { alias: 'm', type: 'string', default: 'localhost', describe: 'The master' })
      .option('timeout', { type: 'string', default: '3h', coerce: parseDuration })
      .option('slave-queue', { type: 'string', default: 'tcp://*:5555' })
      .option('http-port', { type: 'number', default: 8080 })
      .option('sandbox', { choices: ['bubblewrap', 'none'] as const, default: 'bubblewrap' as const })
      .option('check', { type: 'boolean', default: false })
      .option('capability', { type: 'string', array: true, default: [] as string[] })
      .option('label', { type: 'string' }),
  handler: ({ master, timeout, slaveQueue, httpPort, sandbox, check, capability }, { print }) =>
    print(JSON.stringify({ master, minutes: timeout / 60_000, slaveQueue, httpPort, sandbox, check, capability })),
});

const control = program({
  name: 'piw-control',
  describe: 'Looks and orders',
  commands: [
    command({
      command: 'pause <slave>',
      describe: 'Pause a slave',
      builder: (yargs) => yargs.positional('slave', { type: 'string' }).option('reason', { type: 'string' }),
      handler: ({ slave, reason }, { print }) => print(`${slave ?? ''} ${reason ?? ''}`),
    }),
    command({
      command: 'queue',
      describe: 'Show the queue',
      builder: (yargs) => yargs.option('limit', { type: 'number' }),
      handler: ({ limit }, { print }) => print(String(limit)),
    }),
  ],
});

const run = (what: Program, line: string, surroundings?: CapturedSurroundings) =>
  capturedRun(what, line.split(' ').filter(Boolean), surroundings);

function file(name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
}

test('a flag beats a variable, which beats a file, and a later file beats an earlier one', async () => {
  const one = file('one.conf', '[slave]\nmaster = one\ntimeout = 1h\nhttp-port = 1\nslave-queue = one\n');
  const two = file('two.conf', '[piw-slave]\nmaster = two\nhttp_port = 2\ntimeout = 2h\n[master]\nnonsense = 1\n');
  const env = { PIW_MASTER: 'variable', PIW_TIMEOUT: '90m', PIW_DSN: "another program's" };
  const { out } = await run(slave, '--timeout 5m', { env, files: [one, two] });
  expect(JSON.parse(out)).toMatchObject({ master: 'variable', minutes: 5, httpPort: 2, slaveQueue: 'one' });
});

test('-c FILE beats the standard files, and its values have the types of their options', async () => {
  const standard = file('standard.conf', '[slave]\nmaster = standard\n');
  file(
    'mine.conf',
    '[slave]\nmaster = mine\ncheck = yes\ncapability[] = gpu=1\ncapability[] = rack=2\nsandbox = none\n',
  );
  const { out } = await run(slave, `-c ${join(dir, 'mine.conf')}`, { files: [standard] });
  expect(JSON.parse(out)).toMatchObject({
    master: 'mine',
    check: true,
    capability: ['gpu=1', 'rack=2'],
    sandbox: 'none',
  });
});

test('a list in a variable has commas, and a boolean may be 1', async () => {
  const { out } = await run(slave, '', { env: { PIW_CAPABILITY: 'a=1, b=2', PIW_CHECK: '1', PIW_SLAVE_QUEUE: 'q' } });
  expect(JSON.parse(out)).toMatchObject({ capability: ['a=1', 'b=2'], check: true, slaveQueue: 'q' });
});

test('a section may hold options of any of the commands, and the command that has them takes them', async () => {
  const conf = file('c.conf', '[control]\nreason = maintenance\nlimit = 5\n');
  expect((await run(control, 'pause rock-1', { files: [conf] })).out).toBe('rock-1 maintenance\n');
  expect((await run(control, 'queue', { files: [conf] })).out).toBe('5\n');
});

test.each([
  ['lable = x', '[slave] lable: piw-slave has no such option; did you mean label? See piw-slave --help.'],
  ['http-port = many', '[slave] http-port: "many" is no number. Put it right or take it out.'],
  ['check = perhaps', '[slave] check: "perhaps" is neither true nor false. Put it right or take it out.'],
  ['sandbox = vm', '[slave] sandbox: "vm" is none of bubblewrap, none. Put it right or take it out.'],
  [
    'timeout = soon',
    '[slave] timeout: "soon" is no duration: write it like 90s, 30m, 3h or 1h30m. Put it right or take it out.',
  ],
  ['master[] = x', '[slave] master: one value is expected. Put it right or take it out.'],
])('"%s" in a file is refused with file and key', async (line, expected) => {
  const conf = file('bad.conf', `[slave]\n${line}\n`);
  expect(await run(slave, '', { files: [conf] })).toEqual({
    code: 2,
    out: '',
    err: `piw-slave: ${conf}, ${expected}\n`,
  });
});

test.each(['[slave\ncheck = 1', '\0\x01\x02 rubbish', '= 5', '[slave]\nhttp port 8080'])(
  'a file that is no INI file is refused with its line: %j',
  async (text) => {
    const conf = file('rubbish.conf', `# ours\n${text}\n`);
    const { code, err } = await run(slave, '', { files: [conf] });
    expect([code, err]).toEqual([
      2,
      expect.stringMatching(
        /^piw-slave: line [23] of .*rubbish\.conf is neither a \[section\] nor a setting\. Write it as /,
      ),
    ]);
    expect((await run(slave, '--help', { files: [conf] })).code).toBe(0);
  },
);

test('help is shown even when the configuration makes no sense', async () => {
  const conf = file('bad.conf', '[slave]\nhttp-port = many\n');
  expect((await run(slave, '--help', { files: [conf] })).code).toBe(0);
});

test('help tells that a default comes from a file without showing it', async () => {
  const conf = file('secret.conf', '[slave]\nmaster = s3cret\n');
  const { out } = await run(slave, '--help', { files: [conf] });
  expect(out).not.toContain('s3cret');
  expect(out.replace(/\s+/g, '')).toContain('assetby');
});

test('a value from a variable that makes no sense is refused with the name of the variable', async () => {
  expect((await run(slave, '', { env: { PIW_HTTP_PORT: 'x' } })).err).toBe(
    'piw-slave: $PIW_HTTP_PORT: "x" is no number. Put it right or take it out.\n',
  );
});

test('a -c FILE that is not there is an error, a standard file that is not there is none', async () => {
  const missing = join(dir, 'missing.conf');
  expect((await run(slave, '', { files: [missing] })).code).toBe(0);
  const { code, err } = await run(slave, `-c ${missing}`);
  expect(code).toBe(2);
  expect(err).toMatch(/^piw-slave: the configuration file .*missing\.conf can't be read: .*--configuration\.\n$/);
});
