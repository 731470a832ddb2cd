import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { findProgram, isProgram } from './find-program.ts';
import { isShowable } from './showable.ts';
import type { RustToolchain } from './toolchains.ts';

/** The Rust toolchain that PATH leads to, through rustup to the real one behind its proxies; null where there is none. Downloads nothing. */
export async function findRust(path: string, home: string): Promise<RustToolchain | null> {
  const cargo = await realCargo(path);
  if (cargo === null || !isShowable(cargo, home)) return null;
  const rustc = join(dirname(cargo), 'rustc');
  return isProgram(rustc) ? { cargo, rustc } : null;
}

/** A proxy lies beside rustup, which tells what it stands for; asked from `/`, where no `rust-toolchain.toml` has a say. */
async function realCargo(path: string): Promise<string | null> {
  const found = findProgram('cargo', path);
  const rustup = found === null ? '' : join(dirname(found), 'rustup');
  if (!isProgram(rustup)) return found;
  const options = { reject: false, cwd: '/', env: { RUSTUP_AUTO_INSTALL: '0' }, timeout: 10_000 } as const;
  const { stdout, failed } = await execa(rustup, ['which', 'cargo'], options);
  return !failed && isProgram(stdout) ? stdout : null;
}
