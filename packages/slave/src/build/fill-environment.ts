import { type Attempt, type Room, room } from './attempt.ts';
import { fault } from './build-fault.ts';
import type { BuildOrder } from './build-order.ts';
import { fillWithUv } from './fill-with-uv.ts';
import { removeTree } from './remove-tree.ts';
import { wheelsBuilt } from './wheels-built.ts';

/** What filling an environment came to: `missing` is a requirement that has no wheel, `conflict` what pip says of the others. */
export type Filled =
  | { readonly end: 'filled'; readonly environment: Room }
  | { readonly end: 'missing'; readonly requirement: string }
  | { readonly end: 'conflict'; readonly text: string };

/**
 * A fresh virtual environment with these requirements and all that they depend on, from wheels alone: no package's code
 * runs. Throws a `transient` where an index doesn't answer.
 */
export async function fillEnvironment(
  attempt: Attempt,
  name: string,
  requirements: readonly string[],
): Promise<Filled> {
  const environment = await freshEnvironment(attempt, name);
  if (requirements.length === 0) return { end: 'filled', environment };
  attempt.world.log.write(`${requirements.join('\n')}\n`);
  const { uv } = attempt.world;
  if (uv) {
    if (await fillWithUv(attempt, uv, environment, requirements)) return { end: 'filled', environment };
    await freshEnvironment(attempt, name); // it may hold half of what uv meant to put there
  }
  const code = await attempt.pip.install(environment.host, `${environment.inside}/bin/python`, [
    ...quietly,
    ...wheelsOnly,
    ...indexes(attempt.order),
    ...['--find-links', wheelsBuilt(attempt.world)],
    '--',
    ...requirements,
  ]);
  return code === 0 ? { end: 'filled', environment } : diagnose(attempt.world.log.tail());
}

/** An empty virtual environment, in the place of what was there. */
export async function freshEnvironment(attempt: Attempt, name: string): Promise<Room> {
  const environment = room(attempt, name, `/${name}`);
  await removeTree(environment.host);
  await attempt.pip.makeVenv(environment.host);
  return environment;
}

const quietly = ['--disable-pip-version-check', '--no-warn-script-location', '--progress-bar', 'off'];
const wheelsOnly = ['--only-binary', ':all:', '--ignore-installed', '--no-compile'];

/** Beside pip's own settings: the index that the order names, and the farm's own. */
export const indexes = ({ indexUrl, farmIndexUrl }: Pick<BuildOrder, 'indexUrl' | 'farmIndexUrl'>): string[] => [
  ...(indexUrl === null ? [] : ['--index-url', indexUrl]),
  ...(farmIndexUrl === null ? [] : ['--extra-index-url', farmIndexUrl, '--trusted-host', new URL(farmIndexUrl).host]),
];

function diagnose(said: string): Filled {
  const network =
    /Max retries exceeded|NewConnectionError|Temporary failure in name resolution|ReadTimeoutError|ProxyError|HTTP error 5\d\d/.exec(
      said,
    );
  if (network)
    throw fault(
      'transient',
      'index-unreachable',
      null,
      `An index could not be reached for the requirements (${network[0]}).`,
    );
  const missing = [...said.matchAll(/No matching distribution found for ([^\n]{1,300})/g)].at(-1)?.[1];
  if (missing !== undefined) return { end: 'missing', requirement: missing.replace(/\s+\(from [^\n]*$/, '') };
  const text = [...said.matchAll(/^ERROR: ([^\n]{1,300})/gm)].at(0)?.[1] ?? 'pip gives no reason';
  return { end: 'conflict', text };
}
