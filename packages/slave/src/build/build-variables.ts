import { availableParallelism, totalmem } from 'node:os';
import type { Attempt, Room } from './attempt.ts';

/** What a compiler of C++ may well take; builds that run more of them at once than fit die. */
const bytesPerJob = 512 << 20;

/** The variables that every command inside has: nothing of the slave's own, the same on every machine but for paths and cores. */
export function buildVariables({ world, order }: Attempt, environment: Room): Record<string, string> {
  const jobs = String(parallelJobs(order.recipe.memoryBytes ?? order.limits.memoryBytes ?? totalmem()));
  return {
    PATH: [`${environment.inside}/bin`, ...world.toolchains.path].join(':'),
    HOME: '/home/build',
    TMPDIR: '/tmp',
    LANG: 'C.UTF-8',
    LC_ALL: 'C.UTF-8',
    TERM: 'dumb',
    VIRTUAL_ENV: environment.inside,
    PYTHONHASHSEED: '0',
    PYTHONNOUSERSITE: '1',
    PYTHONDONTWRITEBYTECODE: '1',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    MAKEFLAGS: `-j${jobs}`,
    CMAKE_BUILD_PARALLEL_LEVEL: jobs,
    CARGO_BUILD_JOBS: jobs,
    MAX_JOBS: jobs,
    NPY_NUM_BUILD_JOBS: jobs,
    ...order.recipe.env,
  };
}

const parallelJobs = (memoryBytes: number): number =>
  Math.max(1, Math.min(availableParallelism(), Math.floor(memoryBytes / bytesPerJob)));
