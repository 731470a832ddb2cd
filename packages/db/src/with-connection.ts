import pg from 'pg';
import { clientConfig } from './client-config.ts';

/** Does something on one connection, which is closed at the end whatever happened. */
export async function withConnection<T>(dsn: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ ...clientConfig(dsn), connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined); // the query that it breaks under throws
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}
