import path from 'node:path';
import { execa } from 'execa';
import type { Attempt, Room } from './attempt.ts';
import { wheelsBuilt } from './wheels-built.ts';

/**
 * Fills a fresh environment by uv, with pip's settings; false where it doesn't succeed, for whatever reason: pip is the one
 * who then tells. `--no-build` keeps it from running any package's code, and the environment holds none yet.
 */
export async function fillWithUv(
  attempt: Attempt,
  uv: string,
  environment: Room,
  requirements: readonly string[],
): Promise<boolean> {
  const { cacheDir, log, signal } = attempt.world;
  const { all, exitCode } = await execa(
    uv,
    [
      ...[
        'pip',
        'install',
        '--python',
        path.join(environment.host, 'bin/python'),
        '--cache-dir',
        path.join(cacheDir, 'uv'),
      ],
      ...['--no-config', '--no-build', '--no-python-downloads', '--color', 'never', '--link-mode', 'copy'],
      ...['--index-strategy', 'unsafe-best-match', '--', ...requirements],
    ],
    {
      ...{ env: uvVariables(attempt), extendEnv: false, cancelSignal: signal, killSignal: 'SIGKILL' },
      ...{ reject: false, all: true, stdin: 'ignore', maxBuffer: 4 << 20 },
    },
  );
  signal.throwIfAborted();
  log.write(`${all}\n`);
  return exitCode === 0;
}

/** pip's settings in uv's words. Addresses go by variables: they may hold a password, and arguments can be seen by all. */
function uvVariables({ settings, order, world }: Attempt): NodeJS.ProcessEnv {
  const [first, ...others] = settings.indexUrls;
  const farm = order.farmIndexUrl === null ? [] : [order.farmIndexUrl];
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('UV_') && name !== 'VIRTUAL_ENV');
  return {
    ...Object.fromEntries(own),
    ...(first === undefined ? { UV_NO_INDEX: '1' } : { UV_DEFAULT_INDEX: first }),
    UV_INDEX: [...others, ...farm].join(' '),
    UV_FIND_LINKS: [...settings.findLinks, wheelsBuilt(world)].join(','),
    UV_INSECURE_HOST: [...settings.trustedHosts, ...farm.map((url) => new URL(url).host)].join(' '),
    ...(settings.cert ? { SSL_CERT_FILE: settings.cert } : {}),
    ...(settings.proxy ? { ALL_PROXY: settings.proxy } : {}),
  };
}
