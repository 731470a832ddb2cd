import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Attempt, type Room, roomAt } from './attempt.ts';

/** Cargo's home, with the crates that attempts have fetched: shared, and read-only inside. */
export function cargoHome({ world }: Pick<Attempt, 'world'>): Room {
  const host = path.join(world.cacheDir, 'cargo');
  mkdirSync(host, { recursive: true });
  return roomAt(world, host, '/run/cargo');
}

/** What a build needs to see for Rust. */
export const rustBinds = (attempt: Attempt): Room[] =>
  attempt.world.toolchains.rust === null ? [] : [cargoHome(attempt)];

/** Cargo is told to use the crates and the toolchain that are there. */
export function rustVariables(attempt: Attempt): Record<string, string> {
  const { rust } = attempt.world.toolchains;
  if (rust === null) return {};
  const offline = attempt.order.recipe.network === true ? {} : { CARGO_NET_OFFLINE: 'true' };
  return { CARGO_HOME: cargoHome(attempt).inside, CARGO: rust.cargo, RUSTC: rust.rustc, ...offline };
}
