import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { prepare } from './prepare.mjs';

await prepare();
const reports = join('node_modules', '.cache', 'piw', 'reports');
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const vitest = (project) => [
  'vitest/vitest.mjs',
  ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${join(reports, project)}`],
];
const checks = [
  ['types', 'typescript/bin/tsc', ['-b']],
  ['lint', 'eslint/bin/eslint.js', ['.', '--max-warnings', '0']],
  ['format', '@biomejs/biome/bin/biome', ['check', '.']],
  ['units', ...vitest('units')],
  ['journeys', ...vitest('journeys')],
];

const wanted = process.argv.slice(2);
const failed = [];
for (const [name, program, args] of checks) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const started = Date.now();
  const { status } = spawnSync(process.execPath, [join('node_modules', program), ...args], { stdio: 'inherit' });
  if (status !== 0) failed.push(name);
  process.stdout.write(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} ${((Date.now() - started) / 1000).toFixed(1)} s\n`,
  );
}
process.stdout.write(`${failed.length === 0 ? 'all checks passed' : `failed: ${failed.join(', ')}`}\n`);
if (readdirSync(reports).length > 0)
  process.stdout.write(`${tally('numPassedTests')} passed, ${tally('numFailedTests')} failed\n`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** One figure of the test runner's reports, summed; a project that did not get so far counts nothing. */
function tally(figure) {
  return ['units', 'journeys'].reduce((sum, project) => {
    try {
      return sum + JSON.parse(readFileSync(join(reports, project), 'utf8'))[figure];
    } catch {
      return sum;
    }
  }, 0);
}
