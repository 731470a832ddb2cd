import { farmWith, nowMs, slaveLike } from '@piw/wire/testing/example-farm';
import { expect, test } from 'vitest';
import { everyState, TestSense, taskFor } from '../testing/example-sense.ts';
import { captionOf } from './caption.ts';
import { courseWish } from './course.ts';
import { keysTold } from './keys-told.ts';

const farmOfTwo = () =>
  farmWith([slaveLike(1, 'rock-1', { state: 'building', task: taskFor(60_000) }), slaveLike(2, 'rock-2')]);

/** Every text of the list that one is in, by pushing to its end. */
function textsOf(test: TestSense, next: 'down' | 'right' = 'down'): string[] {
  const texts: string[] = [];
  while (texts.at(-1) !== captionOf(test.sense)) {
    texts.push(captionOf(test.sense));
    test.push(next);
  }
  return texts;
}

/** Pushes on until the text is there, and then in. */
function choose(test: TestSense, text: RegExp): TestSense {
  for (let i = 0; i < 40 && !text.test(captionOf(test.sense)); i++) test.push('down');
  expect(captionOf(test.sense)).toMatch(text);
  return test.push('in');
}

test('the joystick moves over the nodes, and beyond each edge is a page', () => {
  const farm = new TestSense(farmOfTwo());
  expect(captionOf(farm.sense)).toBe('master of farm');
  expect(captionOf(farm.push('down').sense)).toBe('rock-1: build numpy 2.1.3');
  expect(captionOf(farm.push('down').sense)).toBe('rock-2: idle');
  expect(captionOf(farm.push('down').sense)).toBe('quit');
  expect(captionOf(farm.push('up').sense)).toBe('rock-2: idle');
  expect(captionOf(farm.push('right').sense)).toBe('all is well');
  expect(captionOf(farm.push('left').sense)).toBe('rock-2: idle');
  expect(captionOf(farm.push('left').sense)).toBe('no sensors');
  expect(captionOf(farm.push('right', 'up', 'up', 'up').sense)).toMatch(/^last seen: since it was last heard/);
  expect(captionOf(farm.push('down').sense)).toBe('master of farm');
});

test('help says what each bar means, and how it is', () => {
  const farm = new TestSense(farmOfTwo()).push('up');
  const names = textsOf(farm, 'right').map((text) => text.split(':')[0]);
  expect(names).toEqual(['last seen', 'queue', 'disk', 'swap', 'memory', 'heat', 'load', 'built']);
  const slave = new TestSense(farmOfTwo()).push('down');
  slave.happens({ type: 'KEY', key: 'up', nowMs: slave.nowMs }).push('up');
  expect(captionOf(slave.push('right').sense)).toMatch(/^queue: builds that wait/);
});

test('a node tells what can be done with it, what it is, and how it stands', () => {
  const capabilities = { cpus: 4, board: 'Raspberry Pi 4', serial: '100000', os: 'Debian 12' };
  const task = taskFor(60_000);
  const farm = new TestSense(farmWith([slaveLike(1, 'rock-1', { state: 'building', task, capabilities })]));
  const texts = textsOf(farm.push('down', 'in'));
  expect(texts.slice(0, 6)).toEqual([
    ...['skip numpy 2.1.3', 'pause rock-1', 'halt rock-1', 'drain rock-1', 'kill rock-1'],
    'rock-1 build numpy 2.1.3',
  ]);
  const has = (words: RegExp) => texts.some((text) => words.test(text));
  const facts = [
    /^host rock-1\.example$/,
    /^board /,
    /^serial /,
    /^os /,
    /^builds for cp311-linux_aarch64$/,
    /^machine up /,
  ];
  expect(facts.filter((words) => !has(words))).toEqual([]);
  const slaves = ['last seen', 'build', 'disk', 'swap', 'memory', 'heat', 'load', 'clock'];
  expect(texts.slice(-8).map((text) => slaves.find((name) => text.startsWith(name)))).toEqual(slaves);
  expect(texts).toContain('disk 50% of 1.9 GiB');
  expect(captionOf(farm.push('left').sense)).toBe('rock-1: build numpy 2.1.3');
});

test('what does harm asks first, and no is what a hasty push chooses', () => {
  const farm = new TestSense(farmOfTwo()).push('down', 'in');
  choose(farm, /^kill rock-1$/);
  expect(captionOf(farm.sense)).toBe('kill rock-1? [no] yes');
  farm.push('in');
  expect(farm.effects).toEqual([]);
  choose(farm.push('in'), /^kill rock-1$/).push('right');
  expect(captionOf(farm.sense)).toBe('kill rock-1? no [yes]');
  farm.push('in');
  expect(farm.effects).toMatchObject([
    { do: 'order', given: [{ name: 'KILL', ask: { slaves: ['rock-1'], why: 'ordered at the Sense HAT' } }] },
  ]);
});

test('what a slave has come to build by the answer is not skipped in place of what was asked about', () => {
  const farm = new TestSense(farmOfTwo()).push('down', 'in');
  choose(farm, /^skip numpy 2.1.3$/);
  const task = { ...taskFor(1000), package: 'scipy' };
  farm.show(farmWith([slaveLike(1, 'rock-1', { state: 'building', task })])).push('right', 'in');
  expect(farm.effects).toMatchObject([
    { given: [{ name: 'SKIP', ask: { what: { package: 'numpy', version: '2.1.3' } } }] },
  ]);
});

test('pause needs no second thought, and a paused slave can be resumed', () => {
  const farm = new TestSense(farmOfTwo()).push('down', 'in');
  choose(farm, /^pause rock-1$/);
  expect(farm.effects).toMatchObject([{ given: [{ name: 'PAUSE', ask: { slaves: ['rock-1'] } }] }]);
  const paused = { by: 'me', sinceMs: nowMs, why: 'hot' };
  farm.show(farmWith([slaveLike(1, 'rock-1', { state: 'paused', paused })]));
  choose(farm.push('in'), /^resume rock-1$/);
  expect(farm.effects).toHaveLength(2);
  expect(farm.effects[1]).toMatchObject({ given: [{ name: 'RESUME', ask: { slaves: ['rock-1'] } }] });
});

test('what is ordered at the master is for all slaves, and it alone can be stopped', () => {
  const farm = new TestSense(farmOfTwo()).push('in');
  expect(textsOf(farm).slice(0, 6)).toEqual([
    ...['skip the one build', 'pause all', 'halt all', 'drain all', 'kill all', 'stop the master'],
  ]);
});

test('what came of an order goes by, and then the farm is seen again', () => {
  const farm = new TestSense(farmOfTwo());
  farm.happens({ type: 'TOLD', text: 'rock-1: paused', good: true, nowMs: farm.nowMs }).wait(1000);
  expect(captionOf(farm.sense)).toBe('rock-1: paused');
  farm.wait(20_000);
  expect(farm.sense.page.at).toBe('main');
});

test('at the master what all slaves build is skipped at once, and of those who build nothing nothing', () => {
  const busy = (name: string) => ({ state: 'building' as const, task: { ...taskFor(60_000), package: name } });
  const slaves = [slaveLike(1, 'a', busy('numpy')), slaveLike(2, 'b', busy('scipy')), slaveLike(3, 'c')];
  const farm = new TestSense(farmWith(slaves)).push('in');
  choose(farm, /^skip all 2 builds$/)
    .show(farmWith([slaveLike(1, 'a', busy('pandas'))]))
    .push('right', 'in');
  const skip = (name: string) => ({ name: 'SKIP', ask: { what: { package: name, version: '2.1.3' } } });
  expect(farm.effects).toMatchObject([{ do: 'order', given: [skip('numpy'), skip('scipy')] }]);
  expect(textsOf(new TestSense(farmWith([slaveLike(1, 'a')])).push('in'))[0]).toBe('pause all');
});

test('a text is pushed on by the way that leads nowhere else, and any other ends what is told', () => {
  const farm = new TestSense(farmOfTwo()).push('in');
  const before = captionOf(farm.sense);
  farm.happens({ type: 'KEY', key: 'right', nowMs: farm.nowMs });
  expect(captionOf(farm.sense)).toBe(before);
  expect(farm.sense.page).toMatchObject({ at: 'reel', item: 0, aheadMs: 400 });
  const told = (): TestSense => {
    const text = 'not rock-1: It builds nothing, and nobody knows why it should.';
    return new TestSense(farmOfTwo()).happens({ type: 'TOLD', text, good: false, nowMs });
  };
  for (const key of ['up', 'down', 'left', 'in'] as const) expect(told().push(key).sense.page.at).toBe('main');
  const hurried = told();
  for (let pushes = 0; pushes < 50; pushes++) hurried.happens({ type: 'KEY', key: 'right', nowMs });
  expect(hurried.sense.page.at).toBe('told');
  expect([told().wait(1000).sense.page.at, hurried.wait(1000).sense.page.at]).toEqual(['told', 'main']);
});

test('who may only look has no orders, and is told why', () => {
  const farm = new TestSense(farmOfTwo(), 'started with --readonly').push('in');
  expect(captionOf(farm.sense)).toBe('no orders from here: started with --readonly');
  expect(textsOf(farm).filter((text) => /pause|kill|stop/.test(text))).toEqual([]);
  const observer = new TestSense(farmOfTwo()).happens({ type: 'STANDING', readonly: 'the key is an observer’s' });
  expect(captionOf(observer.push('in').sense)).toMatch('no orders from here');
});

test('leaving asks, and so do reboot and power off', () => {
  for (const [pushes, effect] of [
    [0, { do: 'quit' }],
    [1, { do: 'power', verb: 'reboot' }],
    [2, { do: 'power', verb: 'poweroff' }],
  ] as const) {
    const farm = new TestSense(farmWith([])).push('down');
    for (let i = 0; i < pushes; i++) farm.push('right');
    farm.push('in');
    expect(farm.effects).toEqual([]);
    expect(farm.push('right', 'in').effects).toEqual([effect]);
  }
});

test('a minute without a push leads back to the farm, and so does a slave that has gone', () => {
  const farm = new TestSense(farmOfTwo()).push('down', 'in').wait(61_000);
  expect(farm.sense.page.at).toBe('main');
  const goes = slaveLike(1, 'rock-1', { state: 'gone', stateSinceMs: farm.nowMs });
  farm.push('in').show(farmWith([goes, slaveLike(2, 'rock-2')]));
  expect(farm.wait(1000).sense.page.at).toBe('reel');
  farm.wait(6000).wait(61_000);
  expect([farm.sense.page.at, farm.sense.selected]).toEqual(['main', 'master']);
});

test('a slave that is missed as its master comes back is still selected when it comes back, too', () => {
  const farm = new TestSense(farmOfTwo()).push('down');
  farm.show(farmWith([])).wait(5000);
  expect(captionOf(farm.sense)).toBe('not on the board');
  farm.show(farmOfTwo());
  expect(captionOf(farm.sense)).toBe('rock-1: build numpy 2.1.3');
  farm.show(farmWith([])).wait(61_000);
  expect(farm.sense.selected).toBe('master');
});

test('a question that is not answered for a minute is not asked any more', () => {
  const farm = new TestSense(farmOfTwo()).push('in');
  choose(farm, /^kill all$/)
    .push('right')
    .wait(61_000)
    .push('in');
  expect(farm.effects).toEqual([]);
});

test('attention is read beyond the right edge, the latest first', () => {
  const one = {
    id: 1,
    kind: 'disk-low',
    subject: 'x',
    text: 'The disk is full.',
    remedy: 'Free some.',
    clearedMs: null,
  };
  const attention = [
    { ...one, raisedMs: 1 },
    { ...one, id: 2, text: 'A slave is silent.', remedy: 'Look at it.', raisedMs: 2 },
  ];
  const farm = new TestSense(farmWith([], { attention })).push('right');
  expect(textsOf(farm)).toEqual(['A slave is silent. Look at it.', 'The disk is full. Free some.']);
});

test('the climate of the shelf is read beyond the left edge', () => {
  const farm = new TestSense(farmWith([])).happens({
    ...{ type: 'CLIMATE', climate: { temperatureC: 31.26, humidity: 40.4, pressureHpa: 1013.2 } },
  });
  expect(textsOf(farm.push('left'))).toEqual(['31.3°C', '40% humid', '1013 hPa']);
});

test('a figure that the master keeps is drawn for the last hour, day or month', () => {
  const farm = new TestSense(everyState()).push('down', 'in');
  choose(farm, /^load /);
  expect(courseWish(farm.sense)).toMatchObject({
    ask: { subject: { of: 'slave', slave: 'a-idle' }, series: ['load'], points: 8, fromMs: farm.nowMs - 3_600_000 },
  });
  expect(captionOf(farm.push('in').sense)).toBe('load of the last day');
  expect(captionOf(farm.push('in', 'in').sense)).toBe('load of the last hour');
  expect(captionOf(farm.push('left').sense)).toMatch(/^load /);
  choose(farm, /^clock /);
  expect(captionOf(farm.sense)).toMatch(/^clock /);
});

test('a master that is not heard is told of, with for how long', () => {
  const farm = new TestSense(farmOfTwo()).wait(3000);
  const feed = { ...farm.sense.feed, trouble: new Error('No master answers.') };
  farm.happens({ type: 'FEED', feed, nowMs: farm.nowMs });
  expect(captionOf(farm.sense)).toBe('master of farm  not heard for 3s');
});

test('without a master it says what it waits for', () => {
  const farm = new TestSense(null).happens({ type: 'LINK', trouble: 'No master answers.' });
  expect(captionOf(farm.sense)).toBe('master: No master answers.');
  expect(captionOf(farm.push('in').sense)).toBe('No master answers.');
});

test('who has keys in place of a joystick is told what they do on each page', () => {
  const farm = new TestSense(farmOfTwo());
  expect(keysTold(farm.sense)).toMatch(/^Enter: closer, arrows: move; beyond the edges: ↑ help, ↓ way out/);
  expect(keysTold(farm.push('up').sense)).toBe('←→ others, ↓ back');
  expect(keysTold(farm.push('down', 'in').sense)).toBe('Enter: do it. ↑↓ others, ← back');
  expect(keysTold(choose(farm, /^kill all$/).sense)).toBe('← no, → yes, Enter: that is my answer');
  farm.push('in', 'in');
  for (let i = 0; i < 40 && !captionOf(farm.sense).startsWith('load'); i++) farm.push('down');
  expect(keysTold(farm.sense)).toBe('Enter: draw its past. ↑↓ others, ← back');
  expect(keysTold(farm.push('in').sense)).toBe('Enter: further back, ← back');
  expect(keysTold(farm.push('in', 'in').sense)).toBe('Enter: the last hour again, ← back');
  farm.happens({ type: 'TOLD', text: 'paused all', good: true, nowMs: farm.nowMs });
  expect(keysTold(farm.sense)).toBe('→ faster, any other: back');
});
