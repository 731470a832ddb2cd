/** Where an ABI stands among others: its family, its Python's major and minor version, its implementation's own version. */
export type TargetRank = readonly [family: number, major: number, minor: number, implementation: number];

/** The rank of an ABI tag (PEP 425): CPython from old to new (`cp27mu`, `cp311`), free-threaded (`cp313t`), PyPy (`pypy39_pp73`), then others. */
export function targetRank(abi: string): TargetRank {
  const [, digits, flags] = /^cp(\d{2,4})([a-z]*)$/.exec(abi) ?? [];
  if (digits !== undefined) return [flags?.includes('t') ? 1 : 0, ...pythonVersion(digits), 0];
  const [, python = '2', implementation] = /^pypy(\d{0,4})(?:_(?:pp)?(\d{1,6}))?$/.exec(abi) ?? [];
  if (abi.startsWith('pypy')) return [2, ...pythonVersion(python), Number(implementation ?? 0)];
  return [3, 0, 0, 0];
}

/** `39` is Python 3.9, `311` Python 3.11. */
const pythonVersion = (digits: string): [number, number] => [Number(digits.slice(0, 1)), Number(digits.slice(1))];
