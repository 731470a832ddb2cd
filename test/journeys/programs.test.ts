import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runOurs } from '../fixtures/run-program.ts';

const packages = new URL('../../packages/', import.meta.url);

/** All programs that there are, with their rooms. */
const programs = readdirSync(packages).flatMap((room) =>
  readdirSync(new URL(room, packages))
    .filter((name) => name === 'bin')
    .flatMap(() => readdirSync(new URL(`${room}/bin`, packages)))
    .filter((file) => file.endsWith('.js'))
    .map((file) => [file.slice(0, -'.js'.length), room] as const),
);

test.each(programs)('%s says that there is no room for what it has to say', async (name, room) => {
  const within = ['sh', '-c', '"$0" "$@" >/dev/full'];
  const { code, stderr } = await runOurs(room, name, ['--version'], { within });
  expect(stderr).toMatch(new RegExp(`^${name}: What it has to say can't be written: ENOSPC[^\n]+\n$`));
  expect(code).toBe(1);
});

/** Most of it is node's own start, on machines that do other things too. */
const patienceMs = 15_000;

test.each(programs)(
  '%s tells what it is, which version it is, and what it does not know',
  async (name, room) => {
    const [help, version, wrong] = await Promise.all(
      [['--help'], ['--version'], ['--no-such-option']].map((args) => runOurs(room, name, args)),
    );
    expect(help).toMatchObject({ code: 0, stderr: '' });
    expect(help!.stdout).toMatch(new RegExp(`^${name}\\b`));
    expect(help!.stdout).toMatch(/--version[^]*--config|--config[^]*--version/);
    expect(version).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/^\S*\d+\.\d+\.\d+\n$/) as string,
    });
    expect(wrong).toMatchObject({ code: 2, stdout: '' });
    expect(wrong!.stderr).toMatch(new RegExp(`^${name}: [^\n]+\n$`));
  },
  patienceMs,
);

test(
  'programs of operators are told which master is meant by the same options, with the same meaning',
  async () => {
    const ours = [
      ['tools', 'piw-control', 'status', '--help'],
      ['tools', 'piw-add', '--help'],
      ['monitor', 'piw-monitor', '--help'],
      ['sense', 'piw-sense', '--help'],
    ] as const;
    const helps = await Promise.all(ours.map(([room, name, ...words]) => runOurs(room, name, words)));
    const about = helps.map(({ stdout }) =>
      ['run-dir', 'control-queue', 'status-queue', 'master-key', 'key-file'].map((option) =>
        new RegExp(`--${option} +([^]*?)\\n +-`).exec(stdout)?.[1]?.replace(/\s+/g, ' '),
      ),
    );
    expect(about[0]).toEqual(about[0]!.filter((text) => text !== undefined && text.length > 20));
    for (const one of about) expect(one).toEqual(about[0]);
  },
  patienceMs,
);
