import { startDatabase } from './start-database.ts';

/** One server and one template for all test files of a run (vitest's globalSetup); stopped after the last. */
export async function setup(): Promise<() => Promise<void>> {
  const server = await startDatabase();
  process.env['PIW_TEST_TEMPLATE'] ??= await server.template();
  process.env['PIW_TEST_DSN'] ??= server.dsn;
  return () => server.stop();
}
