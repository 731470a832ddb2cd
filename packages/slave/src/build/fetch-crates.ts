import { spawn } from 'node:child_process';
import path from 'node:path';
import type { Attempt } from './attempt.ts';
import { fault } from './build-fault.ts';
import { writeCargoConfig } from './cargo-config.ts';
import { findManifests } from './cargo-manifests.ts';
import { cargoHome } from './rust.ts';
import { wholeLines } from './whole-lines.ts';

/**
 * Fetches the crates that a tree's Cargo manifests name, so that the build may be offline. It runs from outside of the tree,
 * whose `.cargo/config.toml` could run code, and with a toolchain of ours, since its `rust-toolchain.toml` could fetch another.
 * A manifest that cannot be followed is left to the build to complain of; throws a `transient` where the registry doesn't answer.
 */
export async function fetchCrates(attempt: Attempt, root: string): Promise<void> {
  const { rust } = attempt.world.toolchains;
  const manifests = rust === null ? [] : await findManifests(root);
  if (rust === null || manifests.length === 0) return;
  await writeCargoConfig(cargoHome(attempt).host);
  for (const manifest of manifests) {
    attempt.world.log.write(`cargo fetch --manifest-path ${path.relative(root, manifest)}\n`);
    const complaint = await complaintOf(attempt, rust.cargo, ['fetch', '--manifest-path', manifest]);
    const network = /spurious network error|Could not resolve host|failed to (?:connect|download)|timed? ?out/i.exec(
      complaint,
    );
    if (network) throw fault('transient', 'index-unreachable', 'cargo', `Crates could not be fetched (${network[0]}).`);
  }
}

/** The end of what cargo said, where it failed. */
async function complaintOf(attempt: Attempt, cargo: string, args: readonly string[]): Promise<string> {
  const { log, signal } = attempt.world;
  const child = spawn(cargo, args, {
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
    killSignal: 'SIGKILL',
    env: cargoVariables(attempt),
  });
  let said = '';
  const lines = wholeLines((text) => log.write(text));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      lines.hear(chunk);
      said = (said + chunk.toString('utf8')).slice(-65_536);
    });
  return await new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code) => resolve(code === 0 ? '' : said));
  }).finally(lines.flush);
}

/** Whatever says how the network is reached, and nothing that would make cargo run a program: git is read by its own library. */
function cargoVariables(attempt: Attempt): NodeJS.ProcessEnv {
  const network = /^(?:https?_proxy|no_proxy|all_proxy|ssl_cert_file|ssl_cert_dir|home)$/i;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => network.test(name))),
    PATH: attempt.world.toolchains.path.join(':'),
    CARGO_HOME: cargoHome(attempt).host,
    CARGO_TERM_COLOR: 'never',
    CARGO_NET_GIT_FETCH_WITH_CLI: 'false',
    RUSTC: attempt.world.toolchains.rust?.rustc,
  };
}
