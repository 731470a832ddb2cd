import { mkdtemp, readFile, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { findProgram } from '../toolchains/find-program.ts';
import { noSandbox } from './no-sandbox.ts';
import { type Sandbox, SandboxError } from './sandbox.ts';
import { isRunning, tryScript, workingSandboxes } from './trial-run.ts';

const titled = (sandbox: Sandbox, title: string = sandbox.name) => ({ title, sandbox });
const chosen = (await workingSandboxes()).map((sandbox) => titled(sandbox));
const confining = chosen.filter(({ title }) => title !== 'none');
const path = process.env['PATH'] ?? '';
const bare = titled(noSandbox(findProgram('prlimit', path), null), 'none, not even a process namespace');
const exited = (code: number) => ({ end: 'exited', code, signalName: null });

let tree: string;
beforeEach(async () => {
  tree = await mkdtemp(join(tmpdir(), 'piw-sandbox-test-'));
});
afterEach(() => rm(tree, { recursive: true }));
const atBuild = () => [{ from: tree, to: '/build', writable: true }];
const unique = () => `3${String(process.pid)}${String(performance.now()).replace('.', '')}`.slice(0, 12);

describe.each([...chosen, bare])('every sandbox: $title', ({ sandbox }) => {
  test('what a command says and the code that it exits with come through', async () => {
    const { ended, output } = await tryScript(sandbox, 'echo one; echo two >&2; echo three; exit 7');
    expect(ended).toEqual(exited(7));
    expect(output).toBe('one\ntwo\nthree');
  });

  test('a script may say something by way of /dev/stdout and /dev/stderr', async () => {
    const { output } = await tryScript(sandbox, 'echo one > /dev/stdout; echo two > /dev/stderr; echo three');
    expect(output).toBe('one\ntwo\nthree');
  });

  test('a crash is told by the name of its signal', async () => {
    const { ended } = await tryScript(sandbox, 'ulimit -c 0; kill -SEGV $$');
    expect(ended).toEqual({ end: 'exited', code: 139, signalName: 'SIGSEGV' });
    expect((await tryScript(sandbox, 'kill -ABRT $$')).ended).toMatchObject({ signalName: 'SIGABRT' });
  });

  test('a command that does not exist ends with an error, not with a broken sandbox', async () => {
    const { ended } = await tryScript(sandbox, '', { command: ['/no/such/program'] });
    expect(ended).toEqual(exited(127));
  });

  test('stdin is empty', async () => {
    expect(await tryScript(sandbox, 'wc -c')).toEqual({ ended: exited(0), output: '0' });
  });

  test('the tree is at /build, writable, and what is built there is on the machine afterwards', async () => {
    await writeFile(join(tree, 'setup.py'), '');
    const { output } = await tryScript(sandbox, 'ls; echo made > made', { cwd: '/build', binds: atBuild() });
    expect(output).toBe('setup.py');
    expect(await readFile(join(tree, 'made'), 'utf8')).toBe('made\n');
  });

  test('home and /tmp are fresh each time', async () => {
    const env = { PATH: '/usr/bin:/bin', HOME: '/home/build' };
    const script = 'ls -A /tmp/ | wc -l; ls -A "$HOME/" | wc -l; echo x > /tmp/x; echo x > "$HOME/x"';
    expect((await tryScript(sandbox, script, { env })).output).toBe('0\n0');
    expect((await tryScript(sandbox, script, { env })).output).toBe('0\n0');
  });

  test('a tree in /tmp that is deeper than any path can name is no trouble', async () => {
    const nest =
      'import os; os.chdir(os.environ.get("TMPDIR", "/tmp"))\nfor _ in range(30): os.mkdir("d" * 200); os.chdir("d" * 200)';
    expect((await tryScript(sandbox, `python3 -c '${nest}'`)).ended).toEqual(exited(0));
  });

  test('nothing of the environment gets in but what is given', async () => {
    const { output } = await tryScript(sandbox, 'env', { env: { PATH: '/usr/bin:/bin', GIVEN: "a 'b' c" } });
    const names = output.split('\n').map((line) => line.split('=')[0]);
    expect(output).toContain("GIVEN=a 'b' c\n");
    expect(['GIVEN', 'PATH', 'PIW_RUN', 'PWD', 'TMPDIR', '_', 'OLDPWD', 'SHLVL']).toEqual(
      expect.arrayContaining(names),
    );
  });

  test('what runs in the background, even in a session of its own, dies with the command', async () => {
    const word = unique();
    const { ended } = await tryScript(
      sandbox,
      `setsid sleep ${word} >/dev/null 2>&1 & setsid -f sleep ${word} & exit 0`,
    );
    expect(ended).toEqual(exited(0));
    expect(isRunning(word)).toBe(false);
  });

  test('a command that kills its whole process group ends by that, and not the sandbox', async () => {
    const { ended } = await tryScript(sandbox, 'kill -KILL 0');
    expect(ended).toMatchObject({ end: 'exited', signalName: 'SIGKILL' });
  });

  test('a command that takes too long is stopped with everything that it started', async () => {
    const word = unique();
    const script = `setsid sleep ${word} & sleep ${word}; echo never`;
    const { ended, output } = await tryScript(sandbox, script, { limits: { timeoutMs: 500 } });
    expect(ended).toEqual({ end: 'time-limit' });
    expect(output).toBe('');
    expect(isRunning(word)).toBe(false);
  });

  test('more output than allowed ends the run, and no more than allowed is passed on', async () => {
    const { ended, output } = await tryScript(sandbox, 'yes', { limits: { outputBytes: 10_000 } });
    expect(ended).toEqual({ end: 'output-limit' });
    expect(output.length).toBeLessThanOrEqual(10_000);
  });

  test('more memory than allowed ends the run, also when no single process has it', async () => {
    const hog = 'python3 -c \'import time; x = b"x" * 60_000_000; time.sleep(20)\'';
    const { ended } = await tryScript(sandbox, `${hog} & ${hog} & ${hog} & wait`, {
      limits: { memoryBytes: 150_000_000 },
    });
    expect(ended).toMatchObject({ end: 'memory-limit' });
  });

  test('memory that forks share is counted once', async () => {
    const script = `python3 -c '
import os, time
x = b"x" * 60_000_000
children = [os.fork() for _ in range(1)] + [os.fork()]
time.sleep(0.6)'`;
    const { ended } = await tryScript(sandbox, script, { limits: { memoryBytes: 150_000_000 } });
    expect(ended).toEqual(exited(0));
  });

  test('what shared mappings and memfds hold is memory, mapped or not, and counted once', async () => {
    const keep = (megabytes: number) => `python3 -c '
import mmap, os, time
fd = os.memfd_create("kept"); os.truncate(fd, ${megabytes} << 20)
for at in range(${megabytes}): os.pwrite(fd, b"x" * (1 << 20), at << 20)
mapped = mmap.mmap(fd, 0); sum(mapped[::4096])
shared = mmap.mmap(-1, ${megabytes} << 20); shared.write(b"x" * (${megabytes} << 20))
os.fork(); sum(shared[::4096]); time.sleep(float(${megabytes > 50 ? 20 : 0.6}))'`;
    const limits = { memoryBytes: 160_000_000 };
    expect((await tryScript(sandbox, keep(40), { limits })).ended).toEqual(exited(0));
    expect((await tryScript(sandbox, keep(90), { limits })).ended).toMatchObject({ end: 'memory-limit' });
  });

  vi.setConfig({ testTimeout: 60_000 }); // real processes, on machines that have others too

  test('more processes than allowed end the run', async () => {
    const script = 'i=0; while [ $i -lt 150 ]; do i=$((i+1)); sleep 20 & done; wait';
    const { ended } = await tryScript(sandbox, script, { limits: { processes: 100 } });
    expect(ended).toEqual({ end: 'process-limit' });
  });

  test('a file larger than the disk limit ends the run', async () => {
    const script = 'exec dd if=/dev/zero of=big bs=1M count=20';
    const run = { cwd: '/build', binds: atBuild(), limits: { diskBytes: 5_000_000 } };
    expect((await tryScript(sandbox, script, run)).ended).toEqual({ end: 'disk-limit' });
  });

  test('many files that are together larger than the disk limit end the run', async () => {
    const script = 'i=0; while :; do i=$((i+1)); head -c 1000000 /dev/zero > $i || exit; sleep 0.01; done';
    const run = { cwd: '/build', binds: atBuild(), limits: { diskBytes: 10_000_000 } };
    expect((await tryScript(sandbox, script, run)).ended).toEqual({ end: 'disk-limit' });
  });

  test('files that have lost their names and are still open end the run like others', async () => {
    const script = `exec python3 -c '
import os, time
kept = []
for i in range(6):
    kept.append(open("f", "wb")); os.unlink("f"); kept[-1].write(b"x" * 2_000_000); kept[-1].flush()
time.sleep(20)'`;
    const run = { cwd: '/build', binds: atBuild(), limits: { diskBytes: 8_000_000 } };
    expect((await tryScript(sandbox, script, run)).ended).toEqual({ end: 'disk-limit' });
  });

  test('the compiler works', async () => {
    const script = `printf '#include <stdio.h>\nint main(void) { return puts("hello") < 0; }' > a.c && cc a.c -o a && ./a`;
    const { ended, output } = await tryScript(sandbox, script, { cwd: '/build', binds: atBuild() });
    expect({ ended, output }).toEqual({ ended: exited(0), output: 'hello' });
  });

  test('a Python environment can be made and used', async () => {
    const script =
      'python3 -m venv --without-pip /tmp/venv && /tmp/venv/bin/python -c "import sys; print(sys.prefix != sys.base_prefix)"';
    expect((await tryScript(sandbox, script)).output).toBe('True');
  });
});

describe.each(confining)('a sandbox that confines: $title', ({ sandbox }) => {
  test('the network is out of reach unless granted', async () => {
    const server = createServer((socket) => socket.end('reached')).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const script = `python3 -c 'import socket; print(socket.create_connection(("127.0.0.1", ${port})).recv(9))' 2>&1 | tail -1`;
    const cut = await tryScript(sandbox, script);
    const granted = await tryScript(sandbox, script, { network: true });
    server.close();
    expect(cut.output).toContain('refused');
    expect(granted.output).toBe("b'reached'");
  });

  test("the machine's accounts, the caller's home and other people's files are out of sight", async () => {
    const secret = join(tree, 'secret');
    await writeFile(secret, 'secret');
    const script = `cat /etc/shadow '${secret}'; ls '${homedir()}' /root /var/log /sys /run; grep -c . /etc/passwd`;
    const { output } = await tryScript(sandbox, script);
    expect(output.match(/No such file or directory/g)?.length).toBeGreaterThanOrEqual(6);
    expect(output).toMatch(/^3$/m);
  });

  test('nothing is writable but the tree, home, /tmp and shared memory', async () => {
    const where = '/ /usr /usr/lib /etc /dev /proc /home /var /readable';
    const script = `for d in ${where}; do touch $d/x 2>/dev/null && echo "wrote $d"; done; touch /build/x /tmp/x /home/build/x /dev/shm/x && echo fine`;
    const binds = [...atBuild(), { from: tree, to: '/readable', writable: false }];
    expect((await tryScript(sandbox, script, { binds })).output).toBe('fine');
  });

  test("the kernel's settings can't be changed, whoever runs the sandbox", async () => {
    const script =
      'for f in kernel/core_pattern vm/swappiness kernel/hostname; do : >> /proc/sys/$f && echo "opened $f"; done';
    expect((await tryScript(sandbox, `( ${script} ) 2>/dev/null; echo done`)).output).toBe('done');
  });

  test('the command is nobody in particular: no root, no capabilities, no way to get them', async () => {
    const { output } = await tryScript(sandbox, 'id -u; id -un; grep -E "CapEff|NoNewPrivs" /proc/self/status');
    expect(output.split(/\s+/)).toEqual(['1000', 'build', 'CapEff:', '0000000000000000', 'NoNewPrivs:', '1']);
  });

  test("processes, host name and shared memory are the sandbox's own", async () => {
    const spaces = ['pid', 'ipc', 'uts', 'mnt', 'user', 'net'];
    const script = `for n in ${spaces.join(' ')}; do readlink /proc/self/ns/$n; done; ls -d /proc/[0-9]* | wc -l`;
    const lines = (await tryScript(sandbox, script)).output.split('\n');
    const outside = await Promise.all(spaces.map((name) => readlink(`/proc/self/ns/${name}`)));
    expect(lines.slice(0, -1).filter((line) => outside.includes(line))).toEqual([]);
    expect(Number(lines.at(-1))).toBeLessThan(8);
  });

  test('what lies in fresh directories and in memfds is memory like any other, together', async () => {
    const script = `python3 -c '
import os, time
fd = os.memfd_create("kept")
places = [open("/tmp/x", "wb"), open("/home/build/x", "wb"), open("/dev/shm/x", "wb"), os.fdopen(fd, "wb")]
os.unlink("/tmp/x")
for place in places: place.write(b"x" * 40_000_000); place.flush()
time.sleep(20)'`;
    const { ended } = await tryScript(sandbox, script, { limits: { memoryBytes: 150_000_000 } });
    expect(ended).toEqual({ end: 'memory-limit', fileBytes: expect.any(Number) as number });
    expect(ended).toHaveProperty(
      'fileBytes',
      expect.toSatisfy((bytes: number) => bytes > 100_000_000),
    );
    const { ended: inTime } = await tryScript(sandbox, script.replace('sleep(20)', 'sleep(0.6)'), {
      limits: { memoryBytes: 250_000_000 },
    });
    expect(inTime).toEqual(exited(0));
  });

  test('what a fresh directory holds is bounded', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8; do head -c 2000000 /dev/zero > /tmp/$i; done 2>&1; du -s /tmp | cut -f1';
    const { output } = await tryScript(sandbox, script, { limits: { diskBytes: 5_000_000 } });
    expect(output).toContain('No space left on device');
    expect(Number(output.split('\n').at(-1))).toBeLessThan(5000);
  });

  test('a sandbox that cannot be set up says what is wrong, instead of blaming the command', async () => {
    const binds = [{ from: join(tree, 'missing'), to: '/build', writable: true }];
    await expect(tryScript(sandbox, 'echo started', { binds })).rejects.toThrow(SandboxError);
    await expect(tryScript(sandbox, 'echo started', { binds })).rejects.toThrow(/missing/);
  });
});
