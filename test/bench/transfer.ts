import { fork } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { openLog } from '@piw/host/log';
import { openBulletin } from '@piw/master/bulletin';
import { usualPeriods } from '@piw/master/options';
import type { Premises } from '@piw/master/premises';
import { DistantDesk } from '@piw/master/receive-files/distant-desk';
import type { DialKeys } from '@piw/wire/keys/dial-keys';
import { Gatehouse } from '@piw/wire/keys/gatehouse';
import { makeKeyPair } from '@piw/wire/keys/key-pair';
import { Keyring } from '@piw/wire/keys/keyring';
import { cpuSeconds, ownCpuSeconds } from './cpu-time.ts';
import type { Ground } from './ground.ts';

const runs = 5;

/** `transfer.*`: the master's receiving half here, with the longest pause of its main loop; slaves' sending halves in processes of their own. */
export async function transfer(ground: Ground): Promise<void> {
  const wheels = await Promise.all([0, 1, 2, 3].map((n) => makeWheel(ground, n)));
  await measure(ground, 'transfer.1.mb_per_s', wheels.slice(0, 1), false);
  await measure(ground, 'transfer.4.mb_per_s', wheels, false);
  await measure(ground, 'transfer.curve.mb_per_s', wheels.slice(0, 1), true);
}

interface Wheel {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** 200 MB of noise: nothing between the ends looks into it. */
async function makeWheel(ground: Ground, n: number): Promise<Wheel> {
  const path = join(ground.dir, `wheel-${n}.whl`);
  const [file, hash] = [await open(path, 'w'), createHash('sha256')];
  const megabytes = ground.scaled(200);
  for (let written = 0; written < megabytes; written += 1) {
    const bytes = randomBytes(1e6);
    hash.update(bytes);
    await file.write(bytes);
  }
  await file.close();
  return { path, sizeBytes: megabytes * 1e6, sha256: hash.digest('hex') };
}

async function measure(ground: Ground, figure: string, wheels: readonly Wheel[], curve: boolean): Promise<void> {
  const { house, keys } = curve ? await openGate() : { house: null, keys: undefined };
  const desk = await DistantDesk.open(premises(house));
  const stop = new AbortController();
  const running = desk.run(stop.signal);
  const senders = await Promise.all(wheels.map((wheel) => startSender(ground, desk.address, wheel, keys)));
  const [rates, cpu, pauses]: [number[], number[], number[]] = [[], [], []];
  const loop = monitorEventLoopDelay({ resolution: 1 });
  for (let run = 0; run < runs; run += 1) {
    const before = { ms: performance.now(), cpu: await taken(senders) };
    loop.reset();
    loop.enable();
    await Promise.all(wheels.map((wheel, n) => receive(ground, desk, wheel, senders[n]!)));
    const ms = performance.now() - before.ms;
    loop.disable();
    pauses.push(loop.max / 1e6);
    const megabytes = wheels.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) / 1e6;
    rates.push(megabytes / (ms / 1000));
    cpu.push(((await taken(senders)) - before.cpu) / (megabytes / 1000));
  }
  for (const sender of senders) sender.child.kill();
  stop.abort();
  await running;
  house?.close();
  ground.tell({ figure, unit: 'MB/s', runs: rates, cpu_s_per_gb: cpu, longest_pause_ms: pauses });
}

type Sender = Awaited<ReturnType<typeof startSender>>;

async function startSender(ground: Ground, address: string, { path }: Wheel, keys: DialKeys | undefined) {
  const child = fork(new URL('./send-wheel.js', import.meta.url), [address, path, JSON.stringify(keys ?? null)]);
  ground.later(() => Promise.resolve(child.kill()));
  await once(child, 'message');
  return { child, pid: child.pid! };
}

/** Until all of it has come, has its hash, and is on the disk. */
async function receive(ground: Ground, desk: DistantDesk, wheel: Wheel, { child, pid }: Sender): Promise<void> {
  const path = join(ground.dir, `received-${pid}`);
  const say = ({ body }: { body: { offset: number; ticket: Uint8Array } }): void =>
    void child.send({ offset: body.offset, ticket: Buffer.from(body.ticket).toString('hex') });
  const file = { filename: 'wheel.whl', sizeBytes: wheel.sizeBytes, sha256: wheel.sha256, dependencies: {} };
  const wish = { slave: { say }, attempt: pid, file, onProgress: () => undefined };
  const arrival = await desk.fetch(wish, path, new AbortController().signal);
  if (arrival !== 'whole') throw new Error(arrival.broken);
  const received = await open(path);
  await received.sync();
  await received.close();
  await rm(path);
}

/** The CPU seconds that both halves have taken. */
async function taken(senders: readonly Sender[]): Promise<number> {
  const theirs = await Promise.all(senders.map(({ pid }) => cpuSeconds(pid)));
  return theirs.reduce((sum, one) => sum + one, ownCpuSeconds());
}

async function openGate(): Promise<{ house: Gatehouse; keys: DialKeys }> {
  const [master, own] = [makeKeyPair(), makeKeyPair()];
  const house = await Gatehouse.open(new Keyring(master, [{ role: 'slave', label: 'bench', key: own.publicKey }]));
  return { house, keys: { own, master: master.publicKey } };
}

/** As much of a master as the desk has to do with. */
function premises(gatehouse: Gatehouse | null): Premises {
  const enough = {
    log: openLog({ console: process.stderr, level: 'warn' }).logger,
    gatehouse,
    bulletin: openBulletin(),
    disk: { pause: null },
    options: { fileQueue: 'tcp://127.0.0.1:0', periods: usualPeriods },
  };
  return enough as unknown as Premises;
}
