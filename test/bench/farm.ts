import { join } from 'node:path';
import { startFarm } from '../fixtures/farm.ts';
import { serveIndex } from '../fixtures/index-server.ts';
import type { Ground } from './ground.ts';

const runs = 5;

/** `farm.second_start_ms`: from `piw-farm` on a folder that a farm has used before until pip may use its site. */
export async function farm(ground: Ground): Promise<void> {
  const index = await serveIndex({ name: 'small', version: '1.0' });
  ground.later(() => index.close());
  const [dir, args] = [join(ground.dir, 'f'), ['--index-url', index.url, '--slaves', '1', 'small==1.0']];
  const first = await startFarm(dir, args);
  await first.heard(/^success /);
  await first.stop();
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const sinceMs = performance.now();
    const again = await startFarm(dir, args.slice(0, -1));
    const answer = await fetch(`${again.site}simple/small/`);
    if (!(await answer.text()).includes('small-1.0')) throw new Error('the wheel is gone');
    times.push(performance.now() - sinceMs);
    await again.stop();
  }
  ground.tell({ figure: 'farm.second_start_ms', unit: 'ms', runs: times });
}
