import type { SlavePicture } from '@piw/wire/status-protocol';
import { exampleSlave, farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { type Colour, colours } from '../pixels/colour.ts';
import { type Picture, pixelAt, side } from '../pixels/picture.ts';
import { captionOf } from '../state/caption.ts';
import { figuresOf } from '../state/figures.ts';
import { nodesOf } from '../state/nodes.ts';
import { everyState, TestSense, taskFor } from '../testing/example-sense.ts';
import { drawSense } from './page.ts';

/** The strongest channels tell a colour, however dim it is. */
function hue([red, green, blue]: Colour): string {
  const most = Math.max(red, green, blue);
  if (most === 0) return 'black';
  const strong = [red, green, blue].map((value) => Math.round((value / most) * 2)).join('');
  const names: Record<string, string> = {
    '222': 'grey',
    '020': 'green',
    '220': 'yellow',
    '210': 'orange',
    '200': 'red',
    '012': 'blue',
    '202': 'purple',
    '022': 'cyan',
    '120': 'green',
  };
  return names[strong] ?? strong;
}

const at = (test: TestSense, x: number, y: number): string => hue(pixelAt(drawSense(test.sense), x, y));

/** How bright a column of the bars is, from below. */
const bar = (picture: Picture, x: number): number[] => [2, 1, 0].map((y) => Math.max(...pixelAt(picture, x, y)));

test('each state of a slave has a colour, the master first, down and then across', () => {
  const farm = new TestSense(everyState()).push('right', 'right');
  expect(nodesOf(farm.sense)).toEqual(['master', 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  const seen = [0, 1].flatMap((x) => [3, 4, 5, 6, 7].map((y) => at(farm, x, y)));
  expect(seen).toEqual([
    ...['green', 'grey', 'green', 'yellow', 'blue'],
    ...['purple', 'grey', 'cyan', 'orange', 'orange'],
  ]);
  expect(at(farm, 2, 3)).toBe('red');
});

test('slaves are in the order of their ABIs, then of their labels, as people count', () => {
  const targets = (abi: string) => ({ targets: [`${abi}-linux_aarch64`] });
  const slaves = [
    slaveLike(1, 'pi-10', targets('cp39')),
    slaveLike(2, 'pi-2', targets('cp39')),
    slaveLike(3, 'pi-1', targets('pypy39_pp73')),
    slaveLike(4, 'pi-1', targets('cp311')),
  ];
  expect(nodesOf(new TestSense(farmWith(slaves)).sense)).toEqual(['master', 2, 1, 4, 3]);
});

test('no two states go on and off alike, but for those that share a colour with none', () => {
  const farm = new TestSense(everyState()).push('right', 'right', 'down');
  const courses = Array.from({ length: 11 }, (_, i) => {
    const [x, y] = [Math.floor((i + 1) / 5), 3 + ((i + 1) % 5)];
    const course = Array.from({ length: 240 }, (__, frame) => {
      const sense = { ...farm.sense, nowMs: farm.nowMs + frame * 50 };
      return Math.max(...pixelAt(drawSense({ ...sense, selected: 'master' }), x, y));
    });
    const most = Math.max(...course);
    return course.map((value) => (value > most * 0.7 ? 1 : 0)).join('');
  });
  expect(new Set(courses).size).toBe(courses.length);
});

test('a slave that has gone is seen for a few seconds, and then no more', () => {
  const farm = new TestSense(everyState());
  expect(at(farm, 2, 4)).toBe('red');
  farm.wait(6000);
  expect(at(farm, 2, 4)).toBe('black');
});

test('the selected pixel pulses between its own colour and white', () => {
  const farm = new TestSense(farmWith([slaveLike(1, 'a', { state: 'lost' })])).push('down');
  const seen = Array.from({ length: 20 }, () => {
    farm.wait(50);
    return pixelAt(drawSense(farm.sense), 0, 4);
  });
  expect(Math.max(...seen.map(([, green]) => green))).toBeGreaterThan(100);
  expect(Math.min(...seen.map(([, green]) => green))).toBeLessThan(30);
});

test('the bars of the master tell its machine, and those of a slave its own and its build', () => {
  const vitals = {
    ...exampleSlave(1).vitals,
    ...{ diskFreeBytes: 5e7, diskSizeBytes: 1e9, temperatureC: 80, load: 8, swapFreeBytes: 4e8, swapSizeBytes: 1e9 },
  };
  const slave = slaveLike(1, 'a', { state: 'building', task: taskFor(90 * 60_000), vitals, skewMs: 60_000 });
  const farm = new TestSense(farmWith([slave])).push('down');
  const picture = drawSense(farm.sense);
  expect([2, 5, 6, 7].map((x) => hue(pixelAt(picture, x, 2)))).toEqual(['red', 'red', 'red', 'red']);
  expect(bar(picture, 2).every((brightness) => brightness > 100)).toBe(true);
  expect(hue(pixelAt(picture, 1, 2))).toBe('red'); // a build of an hour and a half
  const [low, , high] = bar(picture, 1);
  expect([low! > 100, high]).toEqual([true, 0]);
  farm.push('up');
  expect(hue(pixelAt(drawSense(farm.sense), 2, 2))).toBe('green');
  expect(hue(pixelAt(drawSense(farm.sense), 1, 2))).toBe('blue');
});

/** The least of each figure that is wholly red, what is just orange, and the most that is still green. */
const limits: Record<string, { green: Change; orange: Change; red: Change }> = {
  disk: { green: used('disk', 0.7), orange: used('disk', 0.8), red: used('disk', 0.9) },
  swap: { green: used('swap', 0.1), orange: used('swap', 0.25), red: used('swap', 0.5) },
  memory: { green: used('memory', 0.7), orange: used('memory', 0.85), red: used('memory', 0.95) },
  heat: { green: { temperatureC: 64 }, orange: { temperatureC: 68 }, red: { temperatureC: 72 } },
  load: { green: { load: 4 }, orange: { load: 6 }, red: { load: 8 } },
};

type Change = Partial<NonNullable<SlavePicture['vitals']>>;

function used(what: 'disk' | 'swap' | 'memory', share: number): Change {
  return { [`${what}FreeBytes`]: Math.round(1e6 * (1 - share)), [`${what}SizeBytes`]: 1e6 };
}

const ofBar = (slave: Parameters<typeof slaveLike>[2], name: string) => {
  const farm = new TestSense(farmWith([slaveLike(1, 'a', slave)])).push('down');
  const figure = figuresOf(farm.sense).find((one) => one.name === name)!;
  return [figure.colour.map(Math.round), figure.share];
};

test.each(Object.entries(limits))('the bar of %s goes from green by orange to red', (name, { green, orange, red }) => {
  const colourAt = (vitals: Change) => ofBar({ vitals: { ...exampleSlave(1).vitals, ...vitals } }, name)[0];
  expect([green, orange, red].map(colourAt)).toEqual([[...colours.green], [...colours.orange], [...colours.red]]);
});

test('heat is seen from 40 to 80 degrees, a build’s time to three hours, silence to half a minute', () => {
  const hot = (temperatureC: number) => ofBar({ vitals: { ...exampleSlave(1).vitals, temperatureC } }, 'heat')[1];
  expect([20, 40, 60, 80, 90].map(hot)).toEqual([0, 0, 0.5, 1, 1]);
  const hourMs = 3_600_000;
  const builds = (forMs: number) => ofBar({ state: 'building', task: taskFor(forMs - 1000) }, 'build');
  expect(builds(0.08 * 3 * hourMs)).toEqual([[...colours.orange], 0.08]);
  expect(builds(0.33 * 3 * hourMs)).toEqual([[...colours.red], 0.33]);
  expect(builds(4 * hourMs)[1]).toBe(1);
  const silent = (forMs: number) => ofBar({ heardMs: nowMs - forMs + 1000 }, 'last seen');
  expect([silent(6000)[0], silent(18_000)[0], silent(30_000)]).toEqual([
    [...colours.green],
    [...colours.orange],
    [[...colours.red], 1],
  ]);
});

test('a master that is not heard for half a minute has a red bar that pulses', () => {
  const farm = new TestSense(farmWith([])).wait(31_000);
  const seen = Array.from({ length: 20 }, () => {
    farm.wait(50);
    return bar(drawSense(farm.sense), 0);
  });
  expect(seen.every(([one, two, three]) => one === two && two === three)).toBe(true);
  expect(new Set(seen.map(([one]) => one)).size).toBeGreaterThan(5);
  expect(at(farm, 0, 1)).toBe('red');
});

const entry = { id: 1, kind: 'disk-low', subject: 'x', text: 'The disk is full.', remedy: 'Free some.' };

test('the frame is lit now and then as long as something needs attention', () => {
  const attention = [{ ...entry, raisedMs: nowMs, clearedMs: null }];
  const farm = new TestSense(farmWith([], { attention }));
  const corner = Array.from({ length: 60 }, () => {
    farm.wait(50);
    return at(farm, side - 1, side - 1);
  });
  expect(new Set(corner)).toContain('orange');
  expect(new Set(corner)).toContain('black');
  farm.show(farmWith([])).wait(500);
  expect(at(farm, side - 1, side - 1)).toBe('black');
});

test('of more nodes than there are pixels those around the selected one are seen', () => {
  const slaves = Array.from({ length: 60 }, (_, i) =>
    slaveLike(i + 1, `pi-${String(i).padStart(2, '0')}`, i === 58 ? { state: 'lost' } : {}),
  );
  const farm = new TestSense(farmWith(slaves));
  const reds = (): number =>
    drawSense(farm.sense)
      .slice(3 * side)
      .filter((colour) => hue(colour) === 'red').length;
  expect(reds()).toBe(0);
  for (let i = 0; i < 12; i++) farm.push('right');
  expect(reds()).toBe(1);
});

test.each([
  ['as many as there are columns', [0, 0, 0, null, 9, 99, 9999, 999_999], [1, 1, 1, 0, 2, 3, 6, 8]],
  ['fewer, with longer steps than were asked for', [9, null, 99, 9999, 999_999], [0, 0, 0, 2, 0, 3, 6, 8]],
])('a graph has a column a step, and ends at the right with the latest: %s', (_, figures, drawn) => {
  const farm = new TestSense(farmWith([])).push('in');
  while (!captionOf(farm.sense).startsWith('queue')) farm.push('down');
  farm.push('in');
  const { page } = farm.sense;
  expect(page).toMatchObject({ at: 'graph', range: 'hour' });
  const key = `master ${page.at === 'graph' ? page.figure : 0} hour`;
  farm.happens({ type: 'COURSE', key, course: { figures } });
  const heights = Array.from(
    { length: side },
    (_, x) =>
      Array.from({ length: side }, (__, y) => pixelAt(drawSense(farm.sense), x, y)).filter((c) => hue(c) === 'blue')
        .length,
  );
  expect(heights).toEqual(drawn);
});
