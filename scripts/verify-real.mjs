import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { verifyWheel } from '../packages/wheel/dist/soundness.js';
import { parseWheelName } from '../packages/wheel/dist/wheel-name.js';

/** Real wheels that are unsound, and why: what would be symbolic links in them (all but Windows' have some), installers write as files. */
const knownFaults = [{ wheel: /^nodejs_bin-.*(?:linux|macos)/, fault: /neither file nor directory/ }];

/** For whom wheels are asked, in turn; none: for this machine. A project that has nothing for one is asked for the next. */
const platforms = [
  [],
  ...['manylinux2014_x86_64', 'manylinux2014_aarch64', 'musllinux_1_2_x86_64', 'win_amd64', 'macosx_11_0_arm64'].map(
    (platform) => ['--platform', platform, '--python-version', '3.12', '--implementation', 'cp'],
  ),
];

const popular = fileURLToPath(new URL('../test/pypi/popular.txt', import.meta.url));
const atOnce = 2;

/** Downloads wheels of popular projects and holds the soundness check against them. Resolves to what was unexpected. */
export async function verifyReal(folder, wish, say) {
  const chosen = choose(wish);
  const tally = { sound: 0, refused: 0, 'without a wheel': 0 };
  const unexpected = [];
  const queue = chosen.entries();
  const work = async () => {
    for (const [i, name] of queue) {
      const { verdict, fault, filename = '' } = await verifyOne(name, i, folder);
      tally[verdict] += 1;
      if (verdict !== 'sound') say(`${verdict}: ${name} ${fault}`);
      const known = knownFaults.find(({ wheel }) => wheel.test(filename));
      if (known ? !known.fault.test(fault) : verdict === 'refused') unexpected.push(`${name} ${fault || 'is sound'}`);
    }
  };
  if (chosen.length > 0) say('');
  await Promise.all(Array.from({ length: atOnce }, work));
  const counts = Object.entries(tally).map(([verdict, count]) => `${count} ${verdict}`);
  say(`wheels: ${counts.join(', ')}`);
  if (chosen.length > 0 && tally['without a wheel'] === chosen.length)
    unexpected.push('not one wheel could be had: "pip config list" tells from where');
  return unexpected;
}

/** All projects of the list; a count of them, spread over the list; or the ones named. */
function choose(wish = 'Infinity') {
  if (!/^(\d+|Infinity)$/.test(wish)) return wish.split(',').filter(Boolean);
  const names = readFileSync(popular, 'utf8')
    .split('\n')
    .filter((line) => /^[a-z]/.test(line));
  const every = Math.max(1, names.length / Number(wish));
  return names.filter((_, i) => Math.floor(i / every) > Math.floor((i - 1) / every)).slice(0, Number(wish));
}

async function verifyOne(name, turn, folder) {
  const dir = mkdtempSync(join(folder, 'wheel-'));
  try {
    const errors = [];
    for (let i = 0; i < platforms.length; i++) {
      const why = await download(name, platforms[(turn + i) % platforms.length], dir);
      if (why === null) return await verify(name, dir);
      errors.push(why);
    }
    return { verdict: 'without a wheel', fault: errors.at(-1) };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Null where a wheel lies in the folder now, else why not. */
function download(name, platform, dir) {
  const args = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:', '--dest', dir];
  return new Promise((resolve) => {
    execFile('python3', [...args, ...platform, name], (error, _, stderr) => {
      resolve(error ? (stderr.trim().split('\n').at(-1) ?? error.message) : null);
    });
  });
}

async function verify(name, dir) {
  const [filename] = readdirSync(dir);
  const wheel = parseWheelName(filename);
  if (!wheel) return { verdict: 'refused', fault: `${filename}: not the filename of a wheel` };
  const expected = { filename, package: wheel.name, version: wheel.version, tags: new Set(wheel.tags) };
  const verdict = await verifyWheel(join(dir, filename), expected);
  return verdict.sound
    ? { verdict: 'sound', fault: '', filename }
    : { verdict: 'refused', fault: `${filename}: ${verdict.faults.slice(0, 3).join(' ')}`, filename };
}
