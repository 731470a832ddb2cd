import { expect, test } from 'vitest';
import { isShowable } from './showable.ts';

const home = '/home/ada';

test('a tool of the system or of an installation of its own can be shown to a build', () => {
  for (const tool of ['/usr/bin/cmake', '/opt/cmake-4/bin/cmake', `${home}/.rustup/toolchains/stable/bin/cargo`])
    expect(isShowable(tool, home)).toBe(true);
});

test('a tool for which a build would see a whole home is not shown', () => {
  for (const tool of [`${home}/bin/cmake`, `${home}/.local/bin/cmake`, '/home/bin/cmake'])
    expect(isShowable(tool, home)).toBe(false);
});

test("a version manager's shim is not shown", () => {
  expect(isShowable(`${home}/.pyenv/shims/meson`, home)).toBe(false);
});
