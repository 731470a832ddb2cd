import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const piwFarm = fileURLToPath(new URL('../packages/tools/bin/piw-farm.js', import.meta.url));

/** What the farm builds, though upstream has wheels of it; what it lacks; and what both have, in different versions. */
const farmHas = 'markupsafe==3.0.2';
const farmLacks = 'idna';
const bothHave = 'markupsafe';

/** Each index, what is asked of it, and whether that can be had there. */
const cases = [
  ['simple/', farmHas, true],
  ['simple/', farmLacks, true],
  ['simple/', bothHave, true],
  ['own/simple/', farmHas, true],
  ['own/simple/', farmLacks, false],
];

/** Lets real pip and real uv install from a real farm's indexes, a line each. Resolves to what was unexpected. */
export async function installReal(folder, say) {
  const unexpected = [];
  const farm = spawn(process.execPath, [piwFarm, '--dir', join(folder, 'farm'), '--http-port', '0', farmHas], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(farm, 'exit');
  try {
    const site = await untilBuilt(farm);
    const installers = await makeInstallers(folder);
    for (const [index, what, possible] of cases)
      for (const [name, install] of installers) {
        const { code, output } = await install(`${site}${index}`, what);
        const asExpected = (code === 0) === possible;
        say(`${name.padEnd(4)} ${index.padEnd(12)} ${what.padEnd(18)} ${code === 0 ? 'installed' : 'not there'}`);
        if (!asExpected) unexpected.push(`${name} ${what} from ${index}: ${output.trim().split('\n').at(-1)}`);
      }
  } finally {
    farm.kill('SIGTERM');
    await ended;
  }
  return unexpected;
}

/** The address of the site, once the farm has built and listed what it was asked for. */
async function untilBuilt(farm) {
  let site;
  for await (const line of createInterface({ input: farm.stdout })) {
    site ??= /^site +(\S+\/)simple\/$/.exec(line)?.[1];
    if (/^success /.test(line)) return site;
    if (/^(failure|timeout|memory|rejected|no-source) /.test(line)) break;
  }
  throw new Error(`the farm did not build ${farmHas}`);
}

/** pip, and the uv that it installs from the index that it is configured with; each installs into an environment of its own. */
async function makeInstallers(folder) {
  const venv = join(folder, 'installers');
  await mustRun('python3', ['-m', 'venv', venv]);
  const python = join(venv, 'bin', 'python');
  await mustRun(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'uv']);
  const alone = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PIP|UV)_(?!CERT)/.test(name)));
  const env = { ...alone, PIP_CONFIG_FILE: '/dev/null', PIP_DISABLE_PIP_VERSION_CHECK: '1', PIP_NO_CACHE_DIR: '1' };
  let n = 0;
  const somewhere = () => ['--target', join(folder, `installed-${(n += 1)}`)];
  return [
    ['pip', (index, what) => run(python, ['-m', 'pip', 'install', ...somewhere(), '--index-url', index, what], env)],
    [
      'uv',
      (index, what) =>
        run(
          join(venv, 'bin', 'uv'),
          ['pip', 'install', '--no-cache', '--no-config', ...somewhere(), '--index-url', index, what],
          env,
        ),
    ],
  ];
}

async function mustRun(command, args) {
  const { code, output } = await run(command, args, process.env);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${output}`);
}

async function run(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code, output: out + error };
}
