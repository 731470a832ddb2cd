import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { colours } from '../pixels/colour.ts';
import { draw } from '../pixels/picture.ts';
import { startSense } from '../state/sense.ts';
import { dimmed, isNight, parseNight } from './night.ts';
import { power } from './power.ts';
import { SenseLoop } from './sense-loop.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-sense-'));
});
afterEach(() => rm(dir, { recursive: true }));

const at = (hour: number, minute = 0): number => new Date(2026, 0, 5, hour, minute).getTime();

test('a night goes over midnight, and one of the day does not', () => {
  const night = parseNight('22:00-07:00')!;
  expect([21, 22, 0, 6, 7, 12].map((hour) => isNight(night, at(hour)))).toEqual([
    false,
    true,
    true,
    true,
    false,
    false,
  ]);
  const siesta = parseNight('13:00-15:30')!;
  expect([isNight(siesta, at(15, 29)), isNight(siesta, at(15, 30)), isNight(siesta, at(2))]).toEqual([
    true,
    false,
    false,
  ]);
});

test.each(['22-7', '25:00-07:00', '22:61-07:00', 'always'])('"%s" is no night', (text) => {
  expect(() => parseNight(text)).toThrow('write it like 22:00-07:00, or none');
});

test('at night there is less light, and without a night there never is', () => {
  const lit = draw(() => colours.white);
  expect(dimmed(lit, parseNight('22:00-07:00'), at(23))[0]).toEqual([40, 40, 40]);
  expect(dimmed(lit, parseNight('22:00-07:00'), at(12))).toBe(lit);
  expect(dimmed(lit, parseNight('none'), at(23))).toBe(lit);
});

async function systemctl(script: string): Promise<NodeJS.ProcessEnv> {
  await writeFile(join(dir, 'systemctl'), `#!/bin/sh\n${script}\n`);
  await chmod(join(dir, 'systemctl'), 0o755);
  return { PATH: `${dir}:${process.env['PATH']}` };
}

test('a machine that may be rebooted is, and what is not permitted is told', async () => {
  await expect(power('reboot', await systemctl(`test "$2" = reboot`))).resolves.toBeUndefined();
  const refusing = await systemctl('echo "Interactive authentication required." >&2; exit 1');
  await expect(power('poweroff', refusing)).rejects.toThrow('not permitted: Interactive authentication required.');
});

test('the polkit rule in deploy/ lets the service’s account do what the pages offer, and nothing else', async () => {
  const rules: ((action: { id: string }, subject: { user: string }) => unknown)[] = [];
  const polkit = { Result: { YES: 'yes' }, addRule: (rule: (typeof rules)[number]) => rules.push(rule) };
  runInNewContext(await readFile(new URL('../../../../deploy/piwheels-sense.rules', import.meta.url), 'utf8'), {
    polkit,
  });
  const unit = await readFile(new URL('../../../../deploy/piwheels-sense.service', import.meta.url), 'utf8');
  const [, user = ''] = /^User=(.+)$/m.exec(unit)!;
  const may = (id: string, who = user) => rules.map((rule) => rule({ id }, { user: who }))[0];
  for (const verb of ['reboot', 'power-off'])
    for (const others of ['', '-multiple-sessions']) expect(may(`org.freedesktop.login1.${verb}${others}`)).toBe('yes');
  expect(may('org.freedesktop.login1.halt')).toBeUndefined();
  expect(may('org.freedesktop.login1.reboot', 'somebody')).toBeUndefined();
});

test('a machine without systemd says so', async () => {
  await expect(power('reboot', { PATH: dir })).rejects.toThrow(/systemctl/);
});

test('a push on a hat that is turned goes where the eye sees it go', () => {
  const loop = new SenseLoop(startSense(0, null), { night: null, now: () => 0, perform: () => undefined });
  loop.turn(90);
  loop.press('right');
  expect(loop.get().page).toMatchObject({ reel: 'help' });
});

test('who waits for a push hears of it at once, of none after a while, and of an end', async () => {
  const loop = new SenseLoop(startSense(0, null), { night: null, now: () => 0, perform: () => undefined });
  const [day, end] = [86_400_000, new AbortController()];
  const pushed = loop.pushed(day, end.signal);
  loop.press('right');
  await expect(pushed).resolves.toBeUndefined();
  await expect(loop.pushed(1, end.signal)).resolves.toBeUndefined();
  const ended = loop.pushed(day, end.signal);
  end.abort();
  await expect(ended).rejects.toThrow('abort');
});

test('a picture that is as before is not lit again', () => {
  const loop = new SenseLoop(startSense(0, null), { night: null, now: () => 0, perform: () => undefined });
  expect(loop.frame()).not.toBeNull();
  expect(loop.frame()).toBeNull();
});
