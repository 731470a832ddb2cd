import { type BenchDatabase, openBenchDatabase } from './bench-database.ts';
import { cpuSeconds } from './cpu-time.ts';
import { makeTargets } from './fill-queue.ts';
import type { Ground } from './ground.ts';
import { runMaster } from './run-master.ts';

const runs = 3;

/** `site.packages_per_s`: a master writes the pages of packages that have twenty versions and a wheel of each. */
export async function site(ground: Ground): Promise<void> {
  const database = await openBenchDatabase(ground);
  const [targetId] = await makeTargets(database, [11]);
  const packages = ground.scaled(1000);
  await publish(database, packages, targetId!);
  const master = await runMaster(ground, database.dsn);
  const [rates, masterCpu, databaseCpu]: [number[], number[], number[]] = [[], [], []];
  for (let run = 0; run < runs; run += 1) {
    await change(database);
    const before = [await cpuSeconds(master.pid), await cpuSeconds(database.pid)];
    rates.push(await writeAll(database, packages));
    const after = [await cpuSeconds(master.pid), await cpuSeconds(database.pid)];
    masterCpu.push(((after[0]! - before[0]!) * 1000) / packages);
    databaseCpu.push(((after[1]! - before[1]!) * 1000) / packages);
  }
  ground.tell({
    ...{ figure: 'site.packages_per_s', unit: '1/s', runs: rates },
    ...{ master_cpu_ms_per_package: masterCpu, database_cpu_ms_per_package: databaseCpu },
  });
}

/** Changes what is known of the files, so that every page differs from what is on the disk. */
async function change({ owner }: BenchDatabase): Promise<void> {
  await owner.query(`update files set published_at = published_at + interval '1 second'`);
  await owner.query('vacuum (analyze)');
  await owner.query('checkpoint');
}

/**
 * Orders all pages anew and waits until they are written: how many a second, from the first batch, which is not counted, to the last.
 * Nobody tells the master, who looks every half minute.
 */
async function writeAll({ owner }: BenchDatabase, packages: number): Promise<number> {
  await owner.query(`
    insert into pages (kind, subject) select 'package', name from packages
    on conflict (kind, subject) do update set generation = pages.generation + 1, ordered_at = now(), due_at = now()`);
  for (;;) {
    const { rows } = await owner.query<{ written: number; counted: number; seconds: number }>(`
      select count(*)::integer as written, (count(*) filter (where written_at > first_at))::integer as counted,
        extract(epoch from max(written_at) - min(first_at))::float8 as seconds
      from (select written_at, min(written_at) over () as first_at from pages where kind = 'package' and ordered_at is null) as p`);
    const { written, counted, seconds } = rows[0]!;
    if (written >= packages) return counted / seconds;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

/** Packages with twenty versions each and a wheel of each of these. */
async function publish({ owner }: BenchDatabase, packages: number, targetId: number): Promise<void> {
  await owner.query(`insert into packages (name) select 'package-' || n from generate_series(1, $1::integer) as n`, [
    packages,
  ]);
  await owner.query(`
    insert into versions (package_id, version, released_at)
    select package_id, '1.' || n, now() - n * interval '30 days' from packages, generate_series(1, 20) as n`);
  await owner.query(`
    insert into slaves (label, owner, instance, hello) values ('bench', 'bench', '1', '{}')`);
  await owner.query(
    `insert into attempts (version_id, target_id, slave_id, ended_at, outcome, settles, log_bytes)
    select version_id, $1, slave_id, now(), 'success', true, 4096 from versions, slaves`,
    [targetId],
  );
  await owner.query(`
    insert into published_names (filename, sha256)
    select replace(name, '-', '_') || '-' || version || '-cp311-cp311-linux_bench.whl',
      encode(sha256(convert_to(name || version, 'UTF8')), 'hex')
    from versions join packages using (package_id)`);
  await owner.query(
    `insert into files (filename, sha256, version_id, built_on, attempt_id, size_bytes, tags, metadata_sha256, has_elf)
    select n.filename, n.sha256, v.version_id, $1, attempt_id, 123456, array['cp311-cp311-linux_bench'], n.sha256, true
    from versions as v join packages using (package_id) join attempts as a using (version_id)
    join published_names as n
      on n.filename = replace(name, '-', '_') || '-' || version || '-cp311-cp311-linux_bench.whl'`,
    [targetId],
  );
}
