import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { drawSense } from '@piw/sense/pages/page';
import type { Colour } from '@piw/sense/pixels/colour';
import { everyState, TestSense } from '@piw/sense/testing/example-sense';
import type { Ground } from '../bench/ground.ts';
import type { Farm } from '../fixtures/farm.ts';
import { cleanEnv } from '../fixtures/run-program.ts';
import { SenseProgram } from '../fixtures/sense.ts';
import { waitFor } from '../fixtures/wait-for.ts';
import { svgOfLights } from './lights.ts';
import { type SensePage, type SenseShot, senseShots } from './sense-shots.ts';
import { onShelf, setStage } from './stage.ts';

type Keep = (name: string, svg: string) => Promise<void>;

/**
 * Drives the real program through all of its pages, over a real farm and on a HAT that is made of files; each is a picture. A slave in every
 * state is more than a real farm has at a moment: that one is drawn from a farm that is made up.
 */
export async function sense(ground: Ground, keep: Keep): Promise<void> {
  const states = new TestSense(everyState()).wait(750).sense;
  await keep('states', svgOfLights(drawSense(states), 'a slave in every state'));
  const farm = await setStage(ground);
  const env = { ...cleanEnv(), NODE_PATH: await standInSensors(ground.dir) };
  for (const [page, shots] of Object.entries(senseShots)) {
    if (page === 'attention') await callForAttention(farm);
    for (const shot of shots) await take(page as SensePage, shot, { ground, farm, env }, keep);
  }
}

/** Jobs that need what no slave has are something that needs a human, as soon as the slaves have had a minute to come. */
async function callForAttention(farm: Farm): Promise<void> {
  const recipe = join(farm.dir, 'recipe.json');
  await writeFile(recipe, '{"needs": {"gpu": "v3d"}}');
  await farm.control('recipe', 'thistle', '--set', recipe);
}

/** What stands for node-sense-hat where there is no HAT: the folder that it is found in. */
async function standInSensors(dir: string): Promise<string> {
  const library = join(dir, 'sensors/node-sense-hat');
  const sensors = join(library, 'node_modules/nodeimu');
  await mkdir(sensors, { recursive: true });
  await writeFile(join(library, 'index.js'), '');
  const measured = JSON.stringify({ temperature: 31.5, humidity: 40, pressure: 1013 });
  await writeFile(
    join(sensors, 'index.js'),
    `exports.IMU = class { getValue(done) { setImmediate(() => done(null, ${measured})); } };`,
  );
  return join(dir, 'sensors');
}

interface Stage {
  readonly ground: Ground;
  readonly farm: Farm;
  readonly env: NodeJS.ProcessEnv;
}

/** How a picture is chosen of what was lit until so long after its page came. */
interface Look {
  readonly afterMs: number;
  readonly choose: (frames: readonly Frame[]) => Frame;
}

type Frame = SenseProgram['frames'][number];

const latest = (frames: readonly Frame[]): Frame => frames.at(-1)!;
const light = (pixels: readonly string[]): number =>
  pixels.flatMap((pixel) => [...colourOf(pixel)]).reduce((sum, value) => sum + value, 0);
const corner = ({ pixels }: Frame): number => light(pixels.slice(-1));

/** A text still rests, a graph is drawn; of what breathes the brightest is looked at, with the frame that calls every three seconds or without it. */
const looks = {
  text: { afterMs: 500, choose: latest },
  graph: { afterMs: 2000, choose: latest },
  farm: {
    afterMs: 3500,
    choose: (frames) =>
      most(
        frames.filter((frame) => corner(frame) === 0),
        ({ pixels }) => light(pixels),
      ),
  },
  calling: { afterMs: 3500, choose: (frames) => most(frames, corner) },
} as const satisfies Record<string, Look>;

function lookOf(page: SensePage, { calling }: SenseShot): Look {
  if (calling) return looks.calling;
  if (page === 'main') return looks.farm;
  return page === 'graph' ? looks.graph : looks.text;
}

async function take(page: SensePage, shot: SenseShot, { ground, farm, env }: Stage, keep: Keep): Promise<void> {
  const place = join(ground.dir, `hat-${shot.name}`);
  await mkdir(place);
  const hat = await SenseProgram.start(place, ['--run-dir', join(farm.dir, 'run')], { env, within: onShelf });
  const { afterMs, choose } = lookOf(page, shot);
  try {
    await hat.sees(/^master of /);
    for (const step of shot.walk) await go(hat, step);
    await hat.sees(shot.says);
    await delay(afterMs);
    const { pixels, caption } = choose(hat.frames.filter((frame) => shot.says.test(frame.caption)));
    await keep(shot.name, svgOfLights(pixels.map(colourOf), caption));
  } finally {
    await hat.stop();
  }
}

/** A push is waited for: each leads to other words. */
async function go(hat: SenseProgram, step: SenseShot['walk'][number]): Promise<void> {
  if (step instanceof RegExp) return hat.pushUntil('down', step);
  if (typeof step === 'object') {
    await hat.sees(step.sees);
    return;
  }
  const before = hat.frames.at(-1)!.caption;
  await hat.push(step);
  await waitFor(() => {
    if (hat.frames.at(-1)!.caption === before) throw new Error(`"${before}" stays after a push ${step}`);
  });
}

const most = (frames: readonly Frame[], of: (frame: Frame) => number): Frame =>
  frames.reduce((best, one) => (of(one) > of(best) ? one : best));

const colourOf = (pixel: string): Colour =>
  [0, 2, 4].map((at) => Number.parseInt(pixel.slice(at, at + 2), 16)) as [number, number, number];
