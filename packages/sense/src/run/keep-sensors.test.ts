import { expect, test } from 'vitest';
import type { FollowSensors } from '../devices/sensors.ts';
import { startSense } from '../state/sense.ts';
import { keepSensors } from './keep-sensors.ts';
import { SenseLoop } from './sense-loop.ts';

function started(sensors: FollowSensors | null, turn: 'auto' | 90) {
  const said: string[] = [];
  const loop = new SenseLoop(startSense(0, null), { night: null, now: () => 0, perform: () => undefined });
  const options = {
    sensors,
    noSensors: 'no sensors: not installed',
    turn,
    log: { warn: (line: string) => void said.push(line), info: () => undefined },
  };
  const ended = keepSensors(options, loop, new AbortController().signal);
  return { said, loop, ended };
}

test('a picture that is to be turned by gravity, without sensors, is told not to be', async () => {
  const { said, loop, ended } = started(null, 'auto');
  await ended;
  expect(said).toEqual([expect.stringMatching(/^-r auto: .* not installed\. Give -r 0, 90, 180 or 270\.$/)]);
  expect(loop.get().page).toMatchObject({ at: 'told', good: false, text: '-r auto: no sensors: not installed' });
  expect(loop.get().climate).toBe('no sensors: not installed');
});

test('without sensors a picture that is turned by hand is, and nothing is said', async () => {
  const { said, loop, ended } = started(null, 90);
  await ended;
  loop.press('right');
  expect([said, loop.get().page]).toEqual([[], expect.objectContaining({ reel: 'help' })]);
});

test('an answer that the sensors miss leaves what they said before, for a while', async () => {
  const climate = { temperatureC: 30, humidity: 40, pressureHpa: 1013 };
  const seen: unknown[] = [];
  const { loop, ended } = started(async (heard) => {
    for (const said of [null, climate, null, null, null, null]) {
      await Promise.resolve();
      heard({ climate: said, turn: null });
      seen.push(loop.get().climate);
    }
    return 'No IMU detected';
  }, 90);
  await ended;
  expect(seen).toEqual([
    'the sensors say nothing now',
    climate,
    climate,
    climate,
    climate,
    'the sensors say nothing now',
  ]);
});

test('gravity turns the picture, and it stays so when the HAT is laid down; sensors that end tell why', async () => {
  const { loop, ended } = started((heard) => {
    heard({ climate: null, turn: 90 });
    heard({ climate: { temperatureC: 30, humidity: 40, pressureHpa: 1013 }, turn: null });
    return Promise.resolve('No IMU detected');
  }, 'auto');
  loop.press('right');
  expect(loop.get().page).toMatchObject({ reel: 'help' });
  expect(loop.get().climate).toEqual({ temperatureC: 30, humidity: 40, pressureHpa: 1013 });
  await ended;
  expect(loop.get().climate).toBe('no sensors: No IMU detected');
});
