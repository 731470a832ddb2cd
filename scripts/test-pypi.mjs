import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildReal } from './build-real.mjs';
import { installReal } from './install-real.mjs';
import { prepare } from './prepare.mjs';

const usage = `npm run test:pypi [-- --builds NAME,… --wheels COUNT|NAME,…]

Builds real packages, verifies real wheels, and installs with pip and uv from a farm, through the index that pip is configured with.
  --builds NAME,…  only these of the packages to build; none where it is empty
  --wheels COUNT   only so many of the projects in test/pypi/popular.txt, spread over all of them
  --wheels NAME,…  only these
  --no-installs    don't let pip and uv install from a farm that merges that index`;

const { values: options } = parseArgs({
  options: {
    builds: { type: 'string' },
    wheels: { type: 'string' },
    'no-installs': { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});
if (options.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}
await prepare();
const folder = mkdtempSync(join(tmpdir(), 'piw-pypi-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const { verifyReal } = await import('./verify-real.mjs'); // imports what prepare() builds
const say = (line) => process.stdout.write(`${line}\n`);
const unexpected = [
  ...(await buildReal(folder, options.builds?.split(','), say)),
  ...(await verifyReal(folder, options.wheels, say)),
  ...(options['no-installs'] ? [] : await installReal(folder, say)),
];
say('');
for (const line of unexpected) say(`unexpected: ${line}`);
say(unexpected.length === 0 ? 'all as expected' : `${unexpected.length} unexpected`);
process.exitCode = unexpected.length === 0 ? 0 : 1;
