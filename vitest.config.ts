import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** One folder for all that a run leaves in the temporary folder. */
const ownFolder = `${import.meta.dirname}/test/fixtures/own-temporary-folder.ts`;

/** One PostgreSQL for all tests that need a database. */
const oneServer = `${import.meta.dirname}/packages/db/src/testing/one-server.ts`;

/** What takes long for a unit, real builds in real sandboxes, is among the journeys. */
const longUnits = ['packages/*/src/**/*.journey.test.ts'];

/** Units run against the sources; journeys start the built programs. */
const alias = [{ find: /^@piw\/(\w+)\/(.*)$/, replacement: `${import.meta.dirname}/packages/$1/src/$2` }];
const expectations = { requireAssertions: true };

export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'units',
          globalSetup: [ownFolder, oneServer],
          include: ['packages/*/src/**/*.test.{ts,tsx}', 'test/*.test.ts'],
          exclude: longUnits,
          expect: expectations,
          isolate: false, // modules have no state that files could share: most of the time went into loading them anew
          maxWorkers: Math.max(2, availableParallelism()),
          testTimeout: 20_000, // on a machine that others use too
          hookTimeout: 20_000,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'journeys',
          globalSetup: [ownFolder],
          include: ['test/journeys/**/*.test.ts', ...longUnits],
          expect: expectations,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 3, // of two cores: a journey waits as long as it works
        },
      },
    ],
  },
});
