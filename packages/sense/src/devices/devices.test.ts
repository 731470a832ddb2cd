import { mkdir, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { colours } from '../pixels/colour.ts';
import { draw } from '../pixels/picture.ts';
import { toRgb565 } from '../pixels/rgb565.ts';
import { inputEvent, makeFifo } from '../testing/input-device.ts';
import { openDeviceFiles } from './device-files.ts';
import { findDeviceFiles } from './find-device-files.ts';
import { recording } from './frames-file.ts';
import { InputEvents, ownWordBits } from './input-events.ts';
import { loadSenseHat, openSenseHat } from './node-sense-hat.ts';
import { chooseHat } from './open-hat.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'piw-sense-'));
});
afterEach(() => rm(dir, { recursive: true }));

const white = draw(() => colours.white);
const words = { caption: '', keys: '' };
const unheard = { onKey: () => undefined, onLeave: () => undefined, onTold: () => undefined, onLost: () => undefined };

test.each([32, 64] as const)('keys are read out of events of %i-bit systems, however they are cut up', (bits) => {
  const bytes = Buffer.concat([
    inputEvent(bits, 103, 1),
    inputEvent(bits, 103, 2),
    inputEvent(bits, 103, 0),
    inputEvent(bits, 0, 0, 0),
    ...[105, 106, 108, 28].map((code) => inputEvent(bits, code, 1)),
    inputEvent(bits, 28, 2),
    inputEvent(bits, 30, 1),
  ]);
  const wanted = ['up', 'up', 'left', 'right', 'down', 'in'];
  expect(new InputEvents(bits).take(bytes)).toEqual(wanted);
  const events = new InputEvents(bits);
  expect([...bytes].flatMap((byte) => events.take(Buffer.from([byte])))).toEqual(wanted);
});

test('a 32-bit program reads short events, whatever its kernel is', () => {
  expect(['arm', 'ia32', 'arm64', 'x64'].map(ownWordBits)).toEqual([32, 32, 64, 64]);
});

test('a HAT is found by the names of its drivers', async () => {
  const name = async (path: string, text: string): Promise<void> => {
    await mkdir(join(dir, path), { recursive: true });
    await writeFile(join(dir, path, 'name'), `${text}\n`);
  };
  await name('class/graphics/fb0', 'vc4drmfb');
  await name('class/graphics/fb1', 'RPi-Sense FB');
  await name('class/input/event3/device', 'Raspberry Pi Sense HAT Joystick');
  await name('class/input/mouse0/device', 'Raspberry Pi Sense HAT Joystick');
  expect(await findDeviceFiles({ sys: dir, dev: '/dev' })).toEqual({
    ...{ framebuffer: '/dev/fb1', joystick: '/dev/input/event3' },
  });
  expect(await findDeviceFiles({ sys: join(dir, 'none'), dev: '/dev' })).toEqual({});
});

test('pictures are written to the framebuffer from its beginning, keys are heard, and in the end it is dark', async () => {
  const [framebuffer, joystick] = [join(dir, 'fb'), join(dir, 'event')];
  await writeFile(framebuffer, Buffer.alloc(128));
  await makeFifo(joystick);
  const keys: string[] = [];
  const hat = await openDeviceFiles({ framebuffer, joystick }, { ...unheard, onKey: (key) => keys.push(key) });
  const stick = await open(joystick, 'w');
  await stick.write(inputEvent(ownWordBits(), 106, 1));
  hat.show(white, words);
  await vi.waitFor(async () => expect(await readFile(framebuffer)).toEqual(toRgb565(white)));
  await vi.waitFor(() => expect(keys).toEqual(['right']));
  await stick.close();
  await hat.close();
  expect(await readFile(framebuffer)).toEqual(Buffer.alloc(128));
});

test('a device that isn’t there, or is none, is told with what to do', async () => {
  const framebuffer = join(dir, 'fb');
  await writeFile(framebuffer, '');
  await expect(openDeviceFiles({ framebuffer, joystick: join(dir, 'none') }, unheard)).rejects.toMatchObject({
    ...{ message: expect.stringContaining('none') as string, remedy: expect.stringContaining('--emulate') as string },
  });
});

test('a framebuffer that takes no pictures any more is told, once, and leaves the joystick as it is', async () => {
  const joystick = join(dir, 'event');
  await makeFifo(joystick);
  const [lost, keys]: [Error[], string[]] = [[], []];
  const events = { ...unheard, onKey: (key: string) => keys.push(key), onLost: (error: Error) => lost.push(error) };
  const hat = await openDeviceFiles({ framebuffer: '/dev/full', joystick }, events);
  hat.show(white, words);
  hat.show(white, words);
  expect(lost).toEqual([
    expect.objectContaining({
      ...{ message: expect.stringContaining('/dev/full is lost: ENOSPC') as string },
      ...{ remedy: 'Look whether the HAT sits well, then start again.' },
    }),
  ]);
  await hat.close();
  await expect(openDeviceFiles({ framebuffer: dir, joystick }, unheard)).rejects.toThrow("can't be opened");
});

test('a joystick that says what makes no sense, or falls silent, is heard again as soon as it makes sense', async () => {
  const [framebuffer, joystick] = [join(dir, 'fb'), join(dir, 'event')];
  await writeFile(framebuffer, '');
  await makeFifo(joystick);
  const keys: string[] = [];
  const hat = await openDeviceFiles({ framebuffer, joystick }, { ...unheard, onKey: (key) => keys.push(key) });
  const garbage = await open(joystick, 'w');
  await garbage.write(Buffer.alloc(1000, 0xa7));
  await garbage.write('not an event');
  await garbage.close();
  await vi.waitFor(async () => {
    const stick = await open(joystick, 'w');
    await stick.write(inputEvent(ownWordBits(), 106, 1));
    await stick.close();
    expect(keys).toContain('right');
  });
  expect(new Set(keys)).toEqual(new Set(['right']));
  await hat.close();
});

test('a joystick that is lost in the middle is told', async () => {
  const framebuffer = join(dir, 'fb');
  await writeFile(framebuffer, '');
  const lost: Error[] = [];
  const hat = await openDeviceFiles(
    { framebuffer, joystick: dir },
    { ...unheard, onLost: (error) => lost.push(error) },
  );
  await vi.waitFor(() => expect(lost.map(({ message }) => message)).toEqual([expect.stringContaining('is lost')]));
  await hat.close();
});

test('without a HAT both ways out are told in one line', async () => {
  const choice = {
    ...({
      driver: 'files',
      framebuffer: undefined,
      joystick: join(dir, 'event'),
      terminal: null,
      library: null,
    } as const),
  };
  await expect(chooseHat(choice)).rejects.toMatchObject({
    ...{
      message: 'There is no Sense HAT on this machine.',
      remedy: expect.stringMatching(/--emulate.*--framebuffer/) as string,
    },
  });
  await expect(chooseHat({ ...choice, driver: 'emulator' })).rejects.toThrow('This is no terminal');
  await expect(chooseHat({ ...choice, driver: 'node-sense-hat' })).rejects.toThrow('not installed');
});

test('what is shown is written down, too', async () => {
  const path = join(dir, 'frames');
  let shown = 0;
  const hat = recording(path, () => 42)({ show: () => (shown += 1), close: () => Promise.resolve(true) });
  hat.show(white, { caption: 'a caption', keys: '' });
  await hat.close();
  const frame = JSON.parse(await readFile(path, 'utf8')) as { ms: number; pixels: string[]; caption: string };
  expect([shown, frame.ms, frame.pixels.length, frame.pixels[0], frame.caption]).toEqual([
    1,
    42,
    64,
    'c8c8c8',
    'a caption',
  ]);
  expect(() => recording(join(dir, 'none/frames'), () => 0)).toThrow("can't be written");
  await makeFifo(join(dir, 'fifo'));
  expect(() => recording(join(dir, 'fifo'), () => 0)).toThrow("can't be written");
});

/** What stands for the library's lights, as node-sense-hat 0.0.2 has them. */
function library() {
  const shown: number[][][] = [];
  const state: { broken?: string } = {};
  const setPixels = (pixels: number[][]): void => {
    if (state.broken !== undefined) throw Object.assign(new Error(state.broken), { code: state.broken });
    shown.push(pixels);
  };
  return { shown, state, Leds: { sync: { setPixels } } };
}

test('node-sense-hat shows the lights, and the joystick is read by its device file', async () => {
  const [hats, joystick] = [library(), join(dir, 'event')];
  await makeFifo(joystick);
  const keys: string[] = [];
  const hat = await openSenseHat(hats, joystick, { ...unheard, onKey: (key) => keys.push(key) });
  const stick = await open(joystick, 'w');
  await stick.write(inputEvent(ownWordBits(), 28, 1));
  hat.show(white, words);
  await vi.waitFor(() => expect(keys).toEqual(['in']));
  await stick.close();
  await hat.close();
  expect(hats.shown.map((pixels) => pixels[0])).toEqual([
    [0, 0, 0],
    [200, 200, 200],
    [0, 0, 0],
  ]);
});

test('lights of node-sense-hat that may not be used, or are lost in the middle, are told', async () => {
  const [hats, joystick] = [library(), join(dir, 'event')];
  await makeFifo(joystick);
  hats.state.broken = 'EACCES';
  await expect(openSenseHat(hats, joystick, unheard)).rejects.toMatchObject({
    ...{ remedy: expect.stringContaining('usermod -aG video,input') as string },
  });
  delete hats.state.broken;
  const lost: Error[] = [];
  const hat = await openSenseHat(hats, joystick, { ...unheard, onLost: (error) => lost.push(error) });
  hats.state.broken = 'ENODEV';
  hat.show(white, words);
  hat.show(white, words);
  expect(lost.map(({ message }) => message)).toEqual([expect.stringContaining('is lost: ENODEV')]);
  await hat.close();
});

test('node-sense-hat that is not there, or throws as it finds no HAT, is none', async () => {
  expect(await loadSenseHat(() => Promise.reject(new Error('Cannot detect RPi-Sense FB device')))).toBeNull();
});
