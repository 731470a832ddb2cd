import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makePackage, makeSlave, makeTarget, takeOne } from '@piw/db/testing/small-farm';
import { useDatabase } from '@piw/db/testing/use-database';
import { packageName } from '@piw/wheel/package-name';
import { armElf, armv6, armv7 } from '@piw/wheel/testing/arm-elf';
import { makeWheel, type WheelPlan } from '@piw/wheel/testing/make-wheel';
import { version } from '@piw/wheel/version';
import { expect, onTestFinished, test, vi } from 'vitest';
import { LostByDisk } from '../drive-slaves/received.ts';
import { wheelPath } from '../published-path.ts';
import { deskInProcess } from '../testing/desk-in-process.ts';
import { FileSender } from '../testing/file-sender.ts';
import { testPremises, type Wanted } from '../testing/test-premises.ts';
import { FileReceiver } from './file-receiver.ts';
import { judgeWheel } from './judge-wheel.ts';

const database = useDatabase();
const inProcess = { ask: judgeWheel, close: () => Promise.resolve() };
const expected = (filename: string) => ({
  filename,
  package: packageName.parse('demo'),
  version: version.parse('1.0'),
  tags: new Set(['py3-none-any', 'cp311-cp311-linux_x86_64', 'cp311-cp311-linux_armv7l']),
  hasAlias: false,
});

/** A receiver at work, and a slave that has some wheels. */
async function begin(plans: readonly WheelPlan[], wanted: Wanted = {}, judges = inProcess) {
  const premises = testPremises(database.pool, wanted);
  const receiver = await FileReceiver.open(premises, { judges, openLine: deskInProcess });
  const stopping = new AbortController();
  const running = receiver.run(stopping.signal);
  const wheels = plans.map((plan) => makeWheel(plan));
  const sender = new FileSender(receiver.address, new Map(wheels.map(({ filename, bytes }) => [filename, bytes])));
  const stop = async () => {
    sender.close();
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  const files = wheels.map(({ filename, bytes, sha256 }) => ({
    filename,
    sha256,
    sizeBytes: bytes.length,
    dependencies: { apt: ['libc6'] },
  }));
  let progressed = 0;
  const receive = (attempt: number, file = files[0]!) =>
    receiver.receive(sender, attempt, file, expected(file.filename), () => (progressed += 1));
  return { premises, receiver, sender, wheels, files, receive, stop, progressed: () => progressed };
}
const until = (what: () => unknown) => vi.waitFor(what, { timeout: 4000, interval: 10 });

test('a wheel that a slave built comes in, is verified and is published under its hash with its metadata beside it', async () => {
  const { premises, receiver, wheels, files, receive, progressed } = await begin([
    { metadata: ['Requires-Python: >=3.9'] },
  ]);
  const received = await receive(1);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  expect(progressed()).toBe(1);
  expect(received.path).toContain(join('incoming', '1'));
  const [file] = await receiver.publish(1, [{ ...received, file: files[0]! }]);
  expect(file).toMatchObject({
    filename: 'demo-1.0-py3-none-any.whl',
    requiresPython: '>=3.9',
    dependencies: { apt: ['libc6'] },
  });
  const served = join(premises.paths.output, wheelPath(file!.sha256, file!.filename));
  expect(await readFile(served)).toEqual(wheels[0]!.bytes);
  const metadata = await readFile(`${served}.metadata`);
  expect(metadata.toString()).toContain('Name: demo');
  expect(createHash('sha256').update(metadata).digest('hex')).toBe(file!.metadataSha256);
  expect(existsSync(join(premises.paths.incoming, '1'))).toBe(false);
});

test('a wheel waits with its slave while the disk has no room, and its attempt is kept until then', async () => {
  const { premises, receive, wheels, sender, progressed } = await begin([{}], { periods: { renewMs: 5 } });
  await premises.disk.becomes(0);
  const received = receive(1);
  await until(() => expect(progressed()).toBeGreaterThan(3));
  expect([sender.asked, existsSync(join(premises.paths.incoming, '1'))]).toEqual([[], false]);
  await premises.disk.becomes(2 ** 40);
  expect(await received).toMatchObject({ facts: { sha256: wheels[0]!.sha256 } });
});

test('a wheel that its folder has no place for waits, and comes in when it has', async () => {
  const { premises, receive } = await begin([{}], { periods: { sendAgainMs: 20 } });
  const folder = join(premises.paths.incoming, '1');
  await writeFile(folder, 'in the way');
  const received = receive(1);
  await until(() => expect(premises.told()).toMatch(/demo-1.0.*can't be received, and waits: EEXIST/));
  await rm(folder);
  expect(await received).toHaveProperty('facts');
});

test('a wheel of several chunks comes in whole', async () => {
  const { receive, wheels, progressed } = await begin([{ files: { 'demo.bin': randomText(3 << 20) } }]);
  const received = await receive(1);
  expect(received).toMatchObject({ facts: { sha256: wheels[0]!.sha256 } });
  expect(progressed()).toBeGreaterThan(1);
});

test('a wheel that is not what it must be tells its faults and is not published', async () => {
  const { receive } = await begin([{ version: '2.0' }]);
  expect(await receive(1)).toMatchObject({ faults: [expect.stringContaining('2.0')] });
});

test('a wheel of no bytes, or of more than any index takes, is not asked for', async () => {
  const { receive, files, sender } = await begin([{}]);
  expect(await receive(1, { ...files[0]!, sizeBytes: 0 })).toHaveProperty('faults');
  expect(await receive(1, { ...files[0]!, sizeBytes: 2 ** 33 })).toHaveProperty('faults');
  expect(sender.asked).toEqual([]);
});

test('a wheel that is published already is not asked for again', async () => {
  const { receiver, receive, files, sender, premises } = await begin([{}]);
  const received = await receive(1);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  await receiver.publish(1, [{ ...received, file: files[0]! }]);
  const again = await receive(2);
  if (!('facts' in again)) throw new Error(JSON.stringify(again));
  expect(sender.asked).toEqual([0]);
  expect(await receiver.publish(2, [{ ...again, file: files[0]! }])).toHaveLength(1);
  expect(existsSync(join(premises.paths.output, wheelPath(files[0]!.sha256, files[0]!.filename)))).toBe(true);
});

test('a published wheel that its disk has changed is asked for again, and mended', async () => {
  const { receiver, receive, files, premises, wheels } = await begin([{}]);
  const served = join(premises.paths.output, wheelPath(files[0]!.sha256, files[0]!.filename));
  await mkdir(join(served, '..'), { recursive: true });
  await writeFile(served, 'rotten');
  const received = await receive(1);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  await receiver.publish(1, [{ ...received, file: files[0]! }]);
  expect(await readFile(served)).toEqual(wheels[0]!.bytes);
});

test('publishing that was interrupted can be tried again', async () => {
  const { receiver, receive, files, premises } = await begin([{}]);
  const received = await receive(1);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  const sound = { ...received, file: files[0]! };
  const first = await receiver.publish(1, [sound]);
  expect(await receiver.publish(1, [sound])).toEqual(first);
  expect(await readdir(premises.paths.incoming)).toEqual([]);
});

test('what the disk could not keep is not published at a second try, and goes', async () => {
  const { receiver, receive, files, premises } = await begin([{}]);
  const received = await receive(1);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  const sound = { ...received, file: files[0]! };
  await rm(sound.path);
  await symlink('/proc/version', sound.path); // nothing there can be synced
  await expect(receiver.publish(1, [sound])).rejects.toThrow(LostByDisk);
  await expect(receiver.publish(1, [sound])).rejects.toThrow('ENOENT');
  expect(existsSync(join(premises.paths.output, wheelPath(files[0]!.sha256, files[0]!.filename)))).toBe(false);
});

test('what nobody wants any more stops coming, and leaves nothing behind', async () => {
  const { receiver, receive, sender, premises } = await begin([{}]);
  sender.tamper = () => undefined;
  const received = receive(1);
  await until(() => expect(sender.asked).toEqual([0]));
  receiver.forget(1);
  expect(await received).toEqual({ broken: 'nobody wants it any more' });
  await until(() => expect(existsSync(join(premises.paths.incoming, '1'))).toBe(false));
});

test('a file that was given up can be received again for the same attempt', async () => {
  const { receiver, receive, sender } = await begin([{}]);
  sender.tamper = () => undefined;
  const given = receive(1);
  await until(() => expect(sender.asked).toEqual([0]));
  sender.tamper = (bytes) => bytes;
  receiver.forget(1);
  const again = receive(1);
  expect(await given).toHaveProperty('broken');
  expect(await again).toHaveProperty('facts');
});

test('a stranger without a ticket changes nothing', async () => {
  const { receiver, receive, sender, wheels } = await begin([{}]);
  const stranger = new FileSender(receiver.address, new Map([[wheels[0]!.filename, Buffer.alloc(100)]]));
  onTestFinished(() => stranger.close());
  sender.tamper = (bytes, offset) => {
    const body = { attempt: 1, filename: wheels[0]!.filename, offset, ticket: Buffer.alloc(16) };
    stranger.say({ type: 'SEND', body });
    return bytes;
  };
  expect(await receive(1)).toHaveProperty('facts');
});

test('a wheel that its verifier dies of is unsound, and the master lives', async () => {
  const dies = { ...inProcess, ask: () => Promise.reject(new Error('out of memory')) };
  const { receive, premises } = await begin([{}], {}, dies);
  expect(await receive(1)).toEqual({ faults: ['Its verification failed: out of memory.'] });
  expect(premises.told()).toContain("can't be verified");
});

test('a master that stops gives up what is on its way, and the next one goes on from there', async () => {
  const { premises, receive, sender, stop } = await begin([{ files: { 'demo.bin': randomText(3 << 20) } }]);
  const attempt = await someRunningAttempt();
  sender.tamper = (bytes, offset) => (offset < 2 << 20 ? bytes : undefined);
  const given = receive(attempt);
  given.catch(() => undefined);
  const path = join(premises.paths.incoming, String(attempt));
  await until(async () => expect((await readdir(path)).length).toBe(1));
  await until(async () => expect((await readFile(join(path, 'demo-1.0-py3-none-any.whl'))).length).toBe(2 << 20));
  await stop();
  await expect(given).rejects.toThrow('the master stops');
  const next = await begin([{ files: { 'demo.bin': randomText(3 << 20) } }], { output: premises.paths.output });
  expect(await next.receive(attempt)).toHaveProperty('facts');
  expect(next.sender.asked).toEqual([2 << 20]);
});

test('what ended attempts left behind is gone when the next master begins', async () => {
  const { premises, stop } = await begin([]);
  await stop();
  await mkdir(join(premises.paths.incoming, '4711'));
  await writeFile(join(premises.paths.incoming, '4711', 'demo.whl'), 'half');
  await mkdir(premises.paths.runningLogs);
  await begin([], { output: premises.paths.output });
  expect(await readdir(premises.paths.incoming)).toEqual(['logs']);
});

/** Text that doesn't compress, the same every time. */
function randomText(length: number): Buffer {
  const parts = Array.from({ length: length / 64 }, (_, i) => createHash('sha512').update(String(i)).digest());
  return Buffer.concat(parts);
}

/** An attempt that holds a lease. */
async function someRunningAttempt(): Promise<number> {
  const targetId = await makeTarget(database.pool, 'cp311');
  await makePackage(database.pool, 'demo');
  return (await takeOne(database.pool, await makeSlave(database.pool, 'pi'), [targetId]))!.attempt;
}

test('where the target has an alias, a wheel whose code runs there is published for both, each a file of its own', async () => {
  const tags = ['cp311-cp311-linux_armv7l'];
  const { premises, receiver, sender, files } = await begin([{ tags, files: { 'demo.so': armElf(armv6) } }]);
  const whole = { ...expected(files[0]!.filename), hasAlias: true };
  const received = await receiver.receive(sender, 1, files[0]!, whole, () => undefined);
  if (!('facts' in received)) throw new Error(JSON.stringify(received));
  const published = await receiver.publish(1, [{ ...received, file: files[0]! }]);
  expect(published).toMatchObject([
    { filename: 'demo-1.0-cp311-cp311-linux_armv7l.whl', tags },
    {
      filename: 'demo-1.0-cp311-cp311-linux_armv6l.whl',
      tags: ['cp311-cp311-linux_armv6l'],
      dependencies: { apt: ['libc6'] },
    },
  ]);
  for (const { sha256, filename } of published) {
    const bytes = await readFile(join(premises.paths.output, wheelPath(sha256, filename)));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  expect(existsSync(join(premises.paths.incoming, '1'))).toBe(false);
});

test('a wheel whose code needs more than the alias has is published for its own platform alone', async () => {
  const tags = ['cp311-cp311-linux_armv7l'];
  const { receiver, sender, files } = await begin([{ tags, files: { 'demo.so': armElf(armv7) } }]);
  const whole = { ...expected(files[0]!.filename), hasAlias: true };
  const received = await receiver.receive(sender, 1, files[0]!, whole, () => undefined);
  expect(received).toMatchObject({ alias: null });
});
