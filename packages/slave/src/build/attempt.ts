import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { PipServer, PipSettings } from '@piw/host/pip/pip-server';
import type { PackageName } from '@piw/wheel/package-name';
import type { Bind } from '../sandbox/sandbox.ts';
import type { BuildEnd, BuildOrder, BuildWorld } from './build-order.ts';

/** A folder of the attempt: where it lies on the machine, and where the sandbox shows it. */
export interface Room {
  readonly host: string;
  readonly inside: string;
}

/** One attempt at work: the order, the world, and what its steps share. */
export interface Attempt {
  readonly order: BuildOrder;
  readonly world: BuildWorld;
  readonly pip: PipServer;
  readonly settings: PipSettings;
  /** When its time is up, in ms since 1970. */
  readonly deadlineMs: number;
  /** The packages for whose sake this one is built, outermost first. */
  readonly wantedBy: readonly PackageName[];
  /** The whole pipeline, for a requirement that has no wheel. */
  readonly buildFor: BuildFor;
}

/** Builds for the sake of `wantedBy`; nobody where a master or a packager asked for it. */
export type BuildFor = (wantedBy: readonly PackageName[], order: BuildOrder, world: BuildWorld) => Promise<BuildEnd>;

/** A folder of the attempt, made if need be. Without a sandbox everything is where it is. */
export function room({ world }: Attempt, name: string, inside: string): Room {
  const host = path.join(world.dir, name);
  mkdirSync(host, { recursive: true });
  return roomAt(world, host, inside);
}

/** A folder that exists, as the sandbox is to show it. */
export const roomAt = ({ sandbox }: Pick<BuildWorld, 'sandbox'>, host: string, inside: string): Room => ({
  host,
  inside: sandbox.name === 'none' ? host : inside,
});

export const readable = ({ host, inside }: Room): Bind => ({ from: host, to: inside, writable: false });
export const writable = ({ host, inside }: Room): Bind => ({ from: host, to: inside, writable: true });

/** What is left of the attempt's time, in ms. */
export const remainingMs = ({ deadlineMs, world }: Attempt): number => Math.max(1, deadlineMs - world.now());
