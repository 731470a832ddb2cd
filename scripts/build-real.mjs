import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** One package of each kind, and the programs without which it can't be built. */
const packages = [
  { what: 'six==1.17.0', kind: 'pure, setuptools' },
  { what: 'docopt==0.6.2', kind: 'setup.py alone' },
  { what: 'typing-extensions==4.12.2', kind: 'flit' },
  { what: 'iniconfig==2.1.0', kind: 'hatchling' },
  { what: 'tomlkit==0.13.2', kind: 'poetry' },
  { what: 'markupsafe==3.0.2', kind: 'C', needs: ['cc'] },
  { what: 'pyyaml==6.0.2', kind: 'Cython', needs: ['cc'] },
  { what: 'contourpy==1.3.1', kind: 'meson, C++', needs: ['c++'] },
  { what: 'rpds-py==0.22.3', kind: 'maturin', needs: ['cc', 'cargo'] },
  { what: 'bcrypt==4.2.1', kind: 'setuptools-rust', needs: ['cc', 'cargo'] },
];

const piwBuild = fileURLToPath(new URL('../packages/slave/bin/piw-build.js', import.meta.url));

/** Builds real packages with `piw-build`, those named or all; a line each. Resolves to what was unexpected. */
export async function buildReal(folder, names, say) {
  const unexpected = [];
  for (const { what, kind, needs = [] } of packages) {
    if (names && !names.includes(what.split('==')[0])) continue;
    const missing = needs.filter((program) => !isInstalled(program));
    const ended =
      missing.length > 0 ? { outcome: `not tried: no ${missing.join(', ')} here` } : await build(what, folder);
    say(`${what.padEnd(26)} ${kind.padEnd(17)} ${ended.outcome}`);
    if (ended.code) unexpected.push(`${what}: ${ended.why}`);
  }
  return unexpected;
}

/** What piw-build made of it: its last line tells the outcome, and a wheel or the reason. */
async function build(what, folder) {
  const started = performance.now();
  const child = spawn(process.execPath, [piwBuild, '--quiet', '--output', folder, what], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  const why = (stdout + stderr).trim().split('\n').at(-1);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  return { code, why, outcome: `${why.split(' ')[0].padEnd(10)} ${seconds.padStart(6)} s` };
}

function isInstalled(program) {
  return (process.env.PATH ?? '').split(delimiter).some((dir) => {
    try {
      accessSync(join(dir, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
