import type { WheelFacts } from '@piw/wheel/wheel-file';

const most = 60;
/** `_speedups.cpython-311-x86_64-linux-gnu.so`, `_x.abi3.so`, `_x.pypy39-pp73-x86_64-linux-gnu.so`, `_x.so`. */
const extension = /^(.+?)(?:\.(?:cpython-\d|abi3|pypy\d|cp\d)[\w-]*)?\.so$/;

/** What to import of a wheel: its modules, and every extension module, which packages often do without when they fail. */
export function importNames({ modules, elf }: Pick<WheelFacts, 'modules' | 'elf'>): string[] {
  const tops = new Set(modules.map((name) => name.split('.')[0]));
  const extensions = elf
    .map(({ path }) => moduleOf(path))
    .filter((name) => name !== undefined && tops.has(name.split('.')[0]));
  return [...new Set([...modules, ...(extensions as string[])])].slice(0, most);
}

/** The dotted name of an extension module; undefined for a library that is none. */
function moduleOf(file: string): string | undefined {
  const parts = file.replace(/^[^/]+\.data\/(?:purelib|platlib)\//, '').split('/');
  const name = extension.exec(parts.pop() ?? '')?.[1];
  const dotted = [...parts, name].join('.');
  return name !== undefined && /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.test(dotted) ? dotted : undefined;
}
