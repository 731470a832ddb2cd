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
