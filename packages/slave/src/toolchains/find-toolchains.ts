import { realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { outermost } from '../sandbox/outermost.ts';
import { isInSystemView } from '../sandbox/system-view.ts';
import { programsNamed, systemPath } from './find-program.ts';
import { knownTools } from './known-tools.ts';
import { findRust } from './rust.ts';
import { installation, isShowable } from './showable.ts';
import type { RustToolchain, Tool, Toolchains } from './toolchains.ts';

const patienceMs = 5000;

/** Finds the tools that builds may call, and what a sandbox must show for those outside the system. One that can't be shown is missing. */
export async function findToolchains(path: string, home: string): Promise<Toolchains> {
  const rust = await findRust(path, home);
  const tools = await Promise.all(knownTools.map(({ name }) => findTool(name, path, home, rust)));
  const outside = tools.flatMap((tool) => tool.path ?? []).filter((program) => !isInSystemView(program));
  return {
    tools,
    path: [...new Set([...outside.map((program) => dirname(program)), ...systemPath])],
    paths: outermost(outside.map(installation)),
    rust,
  };
}

async function findTool(name: string, path: string, home: string, rust: RustToolchain | null): Promise<Tool> {
  const found = name === 'cargo' || name === 'rustc' ? rust?.[name] : inSight(name, path, home);
  return { name, path: found ?? null, version: found === undefined ? null : await versionOf(found) };
}

/** The system's own by their names there, which is how builds call them; others by where they really are. */
const inSight = (name: string, path: string, home: string): string | undefined =>
  programsNamed(name, path)
    .map((found) => (isInSystemView(realpathSync(found)) && isInSystemView(found) ? found : realpathSync(found)))
    .find((found) => isShowable(found, home));

async function versionOf(program: string): Promise<string | null> {
  const options = { reject: false, timeout: patienceMs, stdin: 'ignore', cwd: '/' } as const;
  const { stdout } = await execa(program, ['--version'], options);
  const line = stdout.split('\n').find((each) => each.trim() !== '');
  return line?.trim().slice(0, 200) ?? null;
}
