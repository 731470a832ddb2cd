import { drawSense } from '@piw/sense/pages/page';
import type { Picture } from '@piw/sense/pixels/picture';
import type { StickKey } from '@piw/sense/pixels/rotate';
import { captionOf } from '@piw/sense/state/caption';
import { everyState, TestSense } from '@piw/sense/testing/example-sense';
import type { Ground } from '../bench/ground.ts';
import { svgOfLights } from './lights.ts';

/** The pages of the Sense HAT over a farm that has a slave in every state, by their names. */
export async function sense(_ground: Ground, keep: (name: string, svg: string) => Promise<void>): Promise<void> {
  for (const [name, picture] of Object.entries(senseShots()))
    await keep(name, svgOfLights(picture, `piw-sense: ${name}`));
}

function senseShots(): Readonly<Record<string, Picture>> {
  const shots: Record<string, Picture> = {};
  const shot = (name: string, { sense }: TestSense): void => void (shots[name] = drawSense(sense));
  const farm = new TestSense(everyState()).wait(750);
  shot('main', farm);
  farm.push('down', 'down');
  glance(farm, 'in');
  shot('node', farm);
  for (let i = 0; i < 20 && !captionOf(farm.sense).startsWith('kill'); i++) farm.push('down');
  glance(farm.push('in'), 'right');
  shot('sure', farm);
  farm.push('left', 'in').push('in');
  for (let i = 0; i < 40 && !captionOf(farm.sense).startsWith('load'); i++) farm.push('down');
  farm.push('in');
  const { page, selected } = farm.sense;
  const key = `${selected} ${page.at === 'graph' ? page.figure : 0} hour`;
  farm.happens({ type: 'COURSE', key, course: { figures: [0.4, 1.2, 3.9, 4.2, 4, 6.5, 5.1, 3.8] } });
  shot('graph', farm);
  farm.push('left', 'left').wait(1000);
  while (farm.sense.page.at !== 'reel' || farm.sense.page.reel !== 'help') farm.push('up');
  glance(farm.push('right'), 'right');
  shot('help', farm);
  return shots;
}

/** A push, and a look at what comes before it moves on. */
const glance = (farm: TestSense, key: StickKey): TestSense =>
  farm.happens({ type: 'KEY', key, nowMs: farm.nowMs }).wait(500);
