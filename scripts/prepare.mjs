import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const signals = ['SIGINT', 'SIGTERM'];
/** How often it is told that something still goes on, in milliseconds. */
const stillMs = 10_000;
const stamps = join(root, 'node_modules', '.cache', 'piw');

/** Installs what is missing and builds what is stale; says so on stderr, and does nothing where all is fresh. */
export async function prepare() {
  requireNode();
  // Not `npm ci`: it refuses a lock file that leaves out other platforms' binaries, as one made behind a mirror may.
  await freshen('installed', installedFrom(), 'installing what is missing, by npm', () =>
    npm(['install', '--no-save', '--include=dev', '--include=optional', '--no-audit', '--no-fund']),
  );
  await freshen('built', builtFrom(), 'building what is stale, by tsc', () =>
    run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b']),
  );
}

/** Runs a command in the repository, its output on stderr, and passes signals on to it; ends the process with its exit code where it fails. */
async function run(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  const passOn = (signal) => child.kill(signal);
  for (const signal of signals) process.on(signal, passOn);
  child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
  const [code] = await once(child, 'exit');
  for (const signal of signals) process.off(signal, passOn);
  if (code !== 0) process.exit(code ?? 1);
}

/** npm as it runs us, else the one on the PATH. */
function npm(args) {
  const path = process.env.npm_execpath;
  return path?.endsWith('.js') ? run(process.execPath, [path, ...args]) : run('npm', args);
}

/** Does the work unless the stamp of the last time says that nothing has changed since. */
async function freshen(name, digest, doing, work) {
  const stamp = join(stamps, name);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return;
  requireWritable();
  const first = existsSync(stamp) ? '' : '; the first time that takes a minute or so';
  process.stderr.write(`${doing}${first} …\n`);
  const beganMs = performance.now();
  const stopTelling = tellStillAtIt(beganMs);
  await work();
  stopTelling();
  process.stderr.write(`${name} in ${secondsSince(beganMs)}\n`);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, digest);
}

/** Who waits at a terminal sees that it goes on: a line now and then, since npm and tsc write between them. */
function tellStillAtIt(beganMs) {
  const timer = setInterval(() => process.stderr.write(`  ${secondsSince(beganMs)} …\n`), stillMs);
  return () => clearInterval(timer);
}

const secondsSince = (beganMs) => `${Math.round((performance.now() - beganMs) / 1000)} s`;

const installedFrom = () =>
  digestOf([process.version, process.platform, process.arch, readFileSync(join(root, 'package-lock.json'), 'utf8')]);

/** What the build is made from: names, sizes and times of the sources, and the dependencies that they were built against. */
function builtFrom() {
  const sources = ['packages', 'test'].flatMap((room) => filesBelow(join(root, room)));
  const configurations = ['tsconfig.json', 'tsconfig.base.json'].map((file) => join(root, file));
  const facts = [...sources, ...configurations].map((file) => {
    const { size, mtimeMs } = statSync(file);
    return `${file} ${size} ${mtimeMs}`;
  });
  return digestOf([installedFrom(), ...facts]);
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ['dist', 'node_modules'].includes(entry.name) ? [] : filesBelow(path);
    return /\.tsx?$|tsconfig\.json$/.test(entry.name) ? [path] : [];
  });
}

const digestOf = (facts) => createHash('sha256').update(facts.join('\n')).digest('hex');

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Node ${process.versions.node} is too old: install Node 20.19 or later.`);
}

function requireWritable() {
  try {
    accessSync(root, constants.W_OK);
  } catch (error) {
    fail(`What is missing can't be put into ${root}: ${error.message}. Clone it to where you may write.`);
  }
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
