import { parseArgs } from 'node:util';
import { benches } from './benches.ts';
import { Ground } from './ground.ts';
import { machine } from './machine.ts';

/** `npm run bench -- NAME…`: each prints a line of JSON a figure; without a name, what there is. */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: { scale: { type: 'string' } }, allowPositionals: true });
  const scale = Number(values.scale ?? 1);
  const unknown = positionals.filter((name) => !Object.hasOwn(benches, name));
  if (unknown.length > 0 || !(scale > 0 && scale <= 1)) {
    const fault = unknown.length > 0 ? `There is no bench ${unknown.join(', ')}.` : '--scale is a part of 1.';
    process.stderr.write(`${fault} "npm run bench" lists what there is.\n`);
    return 2;
  }
  if (positionals.length === 0) {
    for (const [name, { about }] of Object.entries(benches)) process.stdout.write(`${name.padEnd(10)} ${about}\n`);
    return 0;
  }
  for (const name of positionals) await runOne(name as keyof typeof benches, scale);
  return 0;
}

async function runOne(name: keyof typeof benches, scale: number): Promise<void> {
  const ground = await Ground.prepare(scale);
  const ended = new AbortController();
  const end = (code: number): void => {
    ended.abort();
    void ground.clear().then(() => process.exit(code));
  };
  const interrupted = (): void => end(130);
  const failed = (error: unknown): void => {
    ground.say(error instanceof Error ? error.stack! : String(error));
    end(1);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted).once('uncaughtException', failed);
  try {
    ground.say(`${name}: ${await machine(ground.dir)}`);
    await (await benches[name].load())(ground);
  } catch (error) {
    if (!ended.signal.aborted) throw error; // what is taken away from under a bench makes it fail
    await new Promise(() => undefined);
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted).off('uncaughtException', failed);
    await ground.clear();
  }
}

process.exitCode = await main();
