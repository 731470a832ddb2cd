import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { capturedRun } from '@piw/host/captured-run';
import { statusAddress } from '@piw/operator/control-address';
import { findMaster, unheard } from '@piw/operator/find-master';
import { openTestControl } from '@piw/wire/testing/open-control';
import { expect, test } from 'vitest';
import { piwControl } from './control/piw-control.ts';
import { openCannedMaster, temporaryDir } from './testing/canned-master.ts';
import { statistics } from './testing/example-farm.ts';

const hint = 'Start it ("npm start" starts a whole farm), or name its run directory with --run-dir.';

test('where no master runs, one line at once says so and where it was looked for', async () => {
  const dir = await temporaryDir();
  expect(await capturedRun(piwControl, ['status', '--run-dir', dir])).toEqual({
    ...{ code: 1, out: '' },
    err: `piw-control: No master answers at ipc://${dir}/piw-control: is it running? ${hint}\n`,
  });
});

test('a run directory that is not there is told, and not made', async () => {
  const dir = join(await temporaryDir(), 'farm/run');
  const { code, err } = await capturedRun(piwControl, ['status', '--run-dir', dir]);
  expect({ code, err }).toEqual({ code: 1, err: `piw-control: There is no run directory ${dir}. ${hint}\n` });
});

test('a socket that a killed master left behind is no master', async () => {
  const path = join(await temporaryDir(), 'piw-control');
  const listen = `require('net').createServer().listen(process.argv[1], () => process.kill(process.pid, 'SIGKILL'))`;
  await once(spawn(process.execPath, ['-e', listen, path]), 'exit');
  expect(existsSync(path)).toBe(true);
  const { code, err } = await capturedRun(piwControl, ['stop', '--control-queue', `ipc://${path}`]);
  expect({ code, err }).toEqual({
    code: 1,
    err: `piw-control: No master answers at ipc://${path}: is it running? ${hint}\n`,
  });
});

test('a socket of another account says whose group to join', () => {
  const { message, remedy } = unheard(['ipc:///run/piwheels/piw-control', 'ipc:///x'], ['EACCES', 'ENOENT']);
  expect(`${message} ${remedy}`).toBe(
    "This account may not use ipc:///run/piwheels/piw-control. Use the master's account, or join its group.",
  );
});

test('without a word of which, the first that answers is meant: a service of this machine, then the farm started here', async () => {
  const [here, nobody] = [await openCannedMaster({}), await temporaryDir()];
  const usual = () => [nobody, here.runDir];
  const noneNamed = { runDir: undefined, controlQueue: undefined };
  expect(await findMaster(noneNamed, usual)).toBe(`ipc://${here.runDir}/piw-control`);
  await expect(findMaster({ ...noneNamed, runDir: nobody }, usual)).rejects.toThrow(/^No master answers at ipc:\S+:/);
  await expect(findMaster(noneNamed, () => [nobody, `${nobody}/.farm/run`])).rejects.toThrow(
    `No master answers at ipc://${nobody}/piw-control, nor at ipc://${nobody}/.farm/run/piw-control: is it running?`,
  );
});

test('the address that a master was told to listen on is that of this machine', async () => {
  const server = await openTestControl('tcp://127.0.0.1:0', { STATISTICS: () => Promise.resolve(statistics()) });
  const env = { PIW_CONTROL_QUEUE: server.address.replace('127.0.0.1', '*') };
  expect((await capturedRun(piwControl, ['statistics'], { env })).code).toBe(0);
});

test('a master may be named by its address, over tcp too', async () => {
  const server = await openTestControl('tcp://127.0.0.1:0', { STATISTICS: () => Promise.resolve(statistics()) });
  expect((await capturedRun(piwControl, ['statistics', '--control-queue', server.address])).code).toBe(0);
});

test('of several masters the one that listens is asked, however the others are silent', async () => {
  const server = await openTestControl('tcp://127.0.0.1:0', { STATISTICS: () => Promise.resolve(statistics()) });
  const nobody = `ipc://${await temporaryDir()}/piw-control`;
  const env = { PIW_CONTROL_QUEUE: `${nobody}, tcp://127.0.0.1:1,${server.address}` };
  expect((await capturedRun(piwControl, ['statistics'], { env })).code).toBe(0);
  const { code, err } = await capturedRun(piwControl, ['status', '--control-queue', `${nobody},tcp://[::1]:1`]);
  expect({ code, err }).toEqual({
    code: 1,
    err: `piw-control: No master answers at ${nobody}, nor at tcp://[::1]:1: is it running? ${hint}\n`,
  });
});

test('the status queue of several masters is that of the one that is asked', () => {
  const several = { controlQueue: ['tcp://a:1', 'tcp://b:1'], statusQueue: ['tcp://a:2', 'tcp://b:2'] };
  expect(statusAddress('tcp://b:1', several)).toBe('tcp://b:2');
  expect(statusAddress('ipc:///run/piw-control', { controlQueue: undefined, statusQueue: ['tcp://c:2'] })).toBe(
    'tcp://c:2',
  );
  expect(statusAddress('ipc:///run/piw-control', { controlQueue: undefined })).toBe('ipc:///run/piw-status');
});

test('the run directory may be set for good by a variable', async () => {
  const { runDir } = await openCannedMaster({ STATISTICS: statistics() });
  expect((await capturedRun(piwControl, ['statistics'], { env: { PIW_RUN_DIR: runDir } })).code).toBe(0);
});

test('what is no address is wrong usage', async () => {
  const { code, err } = await capturedRun(piwControl, ['status', '--control-queue', 'board']);
  expect(code).toBe(2);
  expect(err).toMatch(/^piw-control: --control-queue: "board" is no address: write it like tcp:/);
});
