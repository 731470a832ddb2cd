import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CapturedSurroundings, capturedRun } from './captured-run.ts';
import { command, type Program } from './command.ts';
import { parseDuration } from './duration.ts';
import { Refusal } from './operator-error.ts';
import { program } from './program.ts';
import { ShutdownRequest } from './shutdown.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'program-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

const slave = program({
  name: 'piw-slave',
  describe: 'Builds wheels for a master',
  version: '1.2.3',
  epilogue: 'Made for boards.',
  builder: (yargs) =>
    yargs
      .option('master', { alias: 'm', type: 'string', default: 'localhost', describe: 'The master' })
      .option('timeout', { alias: 't', type: 'string', default: '3h', coerce: parseDuration })
      .option('slave-queue', { type: 'string', default: 'tcp://*:5555' })
      .option('http-port', { type: 'number', default: 8080 })
      .option('sandbox', { choices: ['bubblewrap', 'none'] as const, default: 'bubblewrap' as const })
      .option('check', { type: 'boolean', default: false })
      .option('capability', { type: 'string', array: true, default: [] as string[] })
      .option('label', { type: 'string' }),
  handler: ({ master, timeout, slaveQueue, httpPort, sandbox, check, capability, label }, { print, log, signal }) => {
    const minutes: number = timeout / 60_000;
    log.info('started');
    if (label === 'bug') throw new TypeError('x is not\na function');
    if (label === 'refuse') throw new Refusal('There is no room', 'Make some.');
    if (label === 'abort') signal.throwIfAborted();
    print(JSON.stringify({ master, minutes, slaveQueue, httpPort, sandbox, check, capability }));
  },
});

const control = program({
  name: 'piw-control',
  describe: 'Looks and orders',
  shared: (yargs) => yargs.option('json', { type: 'boolean', default: false, describe: 'For programs' }),
  commands: [
    command({
      command: 'pause <slave..>',
      describe: 'Pause slaves',
      builder: (yargs) =>
        yargs
          .positional('slave', { type: 'string', array: true, demandOption: true, describe: 'Labels' })
          .option('reason', { type: 'string' }),
      handler: ({ slave, reason }, { print }) => print(`${slave.join('+')} ${reason ?? '-'}`),
    }),
    command({
      command: 'add <package> [release]',
      describe: 'Add',
      builder: (yargs) =>
        yargs
          .positional('package', { type: 'string', demandOption: true })
          .positional('release', { type: 'string' })
          .option('limit', { type: 'number' }),
      handler: (args, { print }) => print(`${args.package} ${args.release ?? 'any'}`),
    }),
  ],
});

const run = (what: Program, line: string, surroundings?: CapturedSurroundings) =>
  capturedRun(what, line.split(' ').filter(Boolean), surroundings);

test('a program that does one thing takes a list of words, and perhaps none', async () => {
  const words = program({
    name: 'piw-words',
    describe: 'Words',
    positionals: '[word..]',
    builder: (yargs) => yargs.positional('word', { type: 'string', array: true, default: [] as string[] }),
    handler: ({ word }, { print }) => print(word.join('+')),
  });
  expect(await run(words, 'one two')).toMatchObject({ code: 0, out: 'one+two\n' });
  expect(await run(words, '')).toMatchObject({ code: 0, out: '\n' });
});

test('a program without arguments works with its defaults', async () => {
  const { code, out, err } = await run(slave, '');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    master: 'localhost',
    minutes: 180,
    slaveQueue: 'tcp://*:5555',
    httpPort: 8080,
    sandbox: 'bubblewrap',
    check: false,
    capability: [],
  });
});

test('--help shows what the program is, its options and the epilogue, and exits 0', async () => {
  const { code, out } = await run(slave, '--help');
  expect(code).toBe(0);
  expect(out).toContain('Builds wheels for a master');
  expect(out).toMatch(/-m, --master +The master .*\[default: "localhost"\]/);
  expect(out.indexOf('--configuration')).toBeGreaterThan(out.indexOf('--master'));
  expect(out).toContain('Made for boards.');
});

test('--version prints the version alone', async () => {
  expect(await run(slave, '--version')).toEqual({ code: 0, out: '1.2.3\n', err: '' });
});

test('without a version of its own a program has that of the farm', async () => {
  expect((await run(control, '--version')).out).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test('a repeated flag adds to a list and replaces a single value', async () => {
  const { out } = await run(slave, '--capability a=1 --capability b=2 -m one -m two');
  expect(JSON.parse(out)).toMatchObject({ capability: ['a=1', 'b=2'], master: 'two' });
});

test.each([
  ['--lable x', 'piw-slave: unknown option --lable; did you mean --label? See piw-slave --help.\n'],
  ['--label= --masster=x', 'piw-slave: unknown option --masster; did you mean --master? See piw-slave --help.\n'],
  ['-x', 'piw-slave: unknown option -x. See piw-slave --help.\n'],
  ['surplus', 'piw-slave: unexpected argument surplus. See piw-slave --help.\n'],
  ['--label', 'piw-slave: --label needs a value. See piw-slave --help.\n'],
  ['--http-port abc', 'piw-slave: --http-port: a number is needed. See piw-slave --help.\n'],
  ['--sandbox vm', 'piw-slave: --sandbox: "vm" is none of bubblewrap, none. See piw-slave --help.\n'],
  [
    '-t abc',
    'piw-slave: --timeout: "abc" is no duration: write it like 90s, 30m, 3h or 1h30m. See piw-slave --help.\n',
  ],
])('"piw-slave %s" is answered with one line and exit code 2', async (argv, expected) => {
  expect(await run(slave, argv)).toEqual({ code: 2, out: '', err: expected });
});

test.each([
  ['', 'piw-control: which command? See piw-control --help.\n'],
  ['pauze rock-1', 'piw-control: unknown command pauze; did you mean pause? See piw-control --help.\n'],
  ['pauze rock-1 --reason x', 'piw-control: unknown command pauze; did you mean pause? See piw-control --help.\n'],
  ['--verbos', 'piw-control: unknown option --verbos; did you mean --verbose? See piw-control --help.\n'],
  ['pause', 'piw-control: SLAVE is missing. See piw-control --help.\n'],
  ['pause rock-1 --raeson x', 'piw-control: unknown option --raeson; did you mean --reason? See piw-control --help.\n'],
  ['add --limt 3', 'piw-control: unknown option --limt; did you mean --limit? See piw-control --help.\n'],
  ['add', 'piw-control: PACKAGE is missing. See piw-control --help.\n'],
])('"piw-control %s" is answered with one line and exit code 2', async (argv, expected) => {
  expect(await run(control, argv)).toEqual({ code: 2, out: '', err: expected });
});

test('a command has its positionals and its own options', async () => {
  expect((await run(control, 'pause rock-1 rock-2 --reason hot')).out).toBe('rock-1+rock-2 hot\n');
  expect((await run(control, 'add numpy 1.10')).out).toBe('numpy 1.10\n');
});

test('help of a program of commands lists them, and help of a command its options', async () => {
  const whole = (await run(control, '--help')).out;
  expect(whole).toContain('Looks and orders');
  expect(whole).toContain('pause <slave..>');
  expect((await run(control, 'pause --help')).out).toContain('--reason');
});

test('an OperatorError is one line with its remedy, and exit code 1', async () => {
  expect(await run(slave, '--label refuse')).toEqual({
    code: 1,
    out: '',
    err: 'piw-slave: There is no room. Make some.\n',
  });
});

test('a bug is one line with the advice to use --debug, and its stack is shown with --debug', async () => {
  const short = await run(slave, '--label bug');
  expect(short).toEqual({
    code: 1,
    out: '',
    err: 'piw-slave: TypeError: x is not a function. This is a fault of the program; --debug shows where.\n',
  });
  expect((await run(slave, '--label bug --debug')).err).toMatch(/TypeError: x is not\na function\n +at /);
});

test('a number that the handler returns is the exit code', async () => {
  const audit = program({ name: 'piw-audit', describe: 'Audits', builder: (yargs) => yargs, handler: () => 3 });
  expect((await run(audit, '')).code).toBe(3);
});

test('a program that gives up because it was told to stop says by what, and exits 1', async () => {
  expect(await run(slave, '--label abort', { signal: AbortSignal.abort(new ShutdownRequest('SIGTERM')) })).toEqual({
    code: 1,
    out: '',
    err: 'piw-slave: stopped by SIGTERM.\n',
  });
});

test('-v shows what is logged at info level, and -l keeps it in a file', async () => {
  const path = join(dir, 'slave.log');
  expect((await run(slave, '-v')).err).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d info {2}started\n$/);
  const { err } = await run(slave, `-q -l ${path} --label refuse`);
  expect(err).toBe('piw-slave: There is no room. Make some.\n');
  expect(readFileSync(path, 'utf8')).toMatch(/ info {2}started\n.* error There is no room\. Make some\.\n$/);
});

test('a log file that cannot be written is one line', async () => {
  const { code, err } = await run(slave, `-l ${join(dir, 'no/such/folder/log')}`);
  expect(code).toBe(1);
  expect(err).toMatch(/^piw-slave: The log file .* can't be written: .*\n$/);
});

test('completion prints a script that calls the program back', async () => {
  const { code, out } = await run(slave, 'completion');
  expect(code).toBe(0);
  expect(out).toContain('piw-slave --get-yargs-completions');
});

test('the shell is told the options and commands that may follow', async () => {
  expect((await run(slave, '--get-yargs-completions piw-slave --la')).out).toContain('--label');
  expect((await run(control, '--get-yargs-completions piw-control pa')).out).toContain('pause');
});

test('options that all commands have may come before the command', async () => {
  expect(await run(control, '--json pause rock-1')).toMatchObject({ code: 0, out: 'rock-1 -\n' });
  expect(await run(control, 'pause rock-1 --json')).toMatchObject({ code: 0, out: 'rock-1 -\n' });
  expect((await run(control, '--help')).out).toContain('--json');
});
