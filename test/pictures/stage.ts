import { join } from 'node:path';
import { keepHistory } from '@piw/db/keep-history';
import { openBenchDatabase } from '../bench/bench-database.ts';
import type { Ground } from '../bench/ground.ts';
import { type Farm, startFarm } from '../fixtures/farm.ts';
import { serveIndex } from '../fixtures/index-server.ts';
import { cleanEnv } from '../fixtures/run-program.ts';
import type { SdistPlan } from '../fixtures/sdist.ts';
import { systemPath } from '../fixtures/slave.ts';
import { pastOf } from './past.ts';

/** In here this machine is called `shelf`, and so are its slaves: a picture tells nothing of where it was made. */
export const onShelf: readonly string[] = [
  ...['unshare', ...(process.getuid?.() === 0 ? [] : ['--user', '--map-root-user']), '--uts'],
  ...['sh', '-ec', 'hostname shelf; exec "$@"', 'sh'],
];

const compiling = (name: string, count: number): string[] =>
  Array.from({ length: count }, (_, n) => `[${n + 1}/${count * 3}] cc -O2 -fPIC -c src/${name}_${n + 1}.c`);

const header = (name: string): string => `src/${name}.c:3:10: fatal error: ffi.h: No such file or directory`;

const plans: readonly SdistPlan[] = [
  ...['1.0', '1.1', '2.0'].map((version) => ({ name: 'lantern', version, compiled: true })),
  ...['0.9', '1.0'].map((version) => ({ name: 'quill', version })),
  ...['3.0', '3.1'].map((version) => ({ name: 'marble', version, fails: header('marble') })),
  { name: 'cobalt', version: '0.4', fails: header('cobalt') },
  { name: 'lantern', version: '0.9', fails: 'Error: pg_config executable not found.' },
  { name: 'willow', version: '5.2', requires: ['helper'] },
  { name: 'granite', version: '2.7', says: compiling('granite', 24), held: true },
  { name: 'obsidian', version: '1.14.1', says: compiling('obsidian', 9), held: true },
  ...['1.0', '1.1', '1.2', '1.3'].map((version) => ({ name: 'thistle', version })),
];

/** What ends before the pictures, in the order that it is asked for; the rest is under way in them, or waits. */
const ended = plans.filter(({ name }) => !['granite', 'obsidian', 'thistle'].includes(name));

/** A farm as an operator may meet it: some builds ended well, some not, two slaves build, one is paused, some jobs wait. */
export async function setStage(ground: Ground): Promise<Farm> {
  const database = await openBenchDatabase(ground, 2);
  const index = await serveIndex(...plans);
  ground.later(() => index.close());
  const args = ['--slaves', '3', '--index-url', index.url, '--dsn', database.dsn, 'quill==0.9'];
  const env = { ...cleanEnv(), PATH: systemPath };
  const farm = await startFarm(join(ground.dir, 'f'), args, { env, within: onShelf });
  ground.later(() => farm.stop());
  await farm.heard(/^success +quill 0\.9/);
  await keepHistory(database.pool, pastOf(Date.now()));
  const rest = ended.filter(({ name, version }) => `${name} ${version}` !== 'quill 0.9');
  ground.say('building');
  for (const one of rest) await farm.add(nameOf(one));
  for (const { name, version } of rest) await farm.heard(new RegExp(`^(?:success|failure) +${name} ${version} `));
  await farm.control('pause', 'shelf-3', '--reason', 'new fan');
  for (const plan of plans.filter(({ held }) => held)) {
    await farm.add(nameOf(plan));
    await farm.heard(new RegExp(`^building +${plan.name} `));
  }
  for (const plan of plans.filter(({ name }) => name === 'thistle')) await farm.add(nameOf(plan));
  return farm;
}

const nameOf = ({ name, version }: SdistPlan): string => `${name}==${version}`;
