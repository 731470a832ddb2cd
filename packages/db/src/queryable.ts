import type { QueryConfig, QueryResult } from 'pg';

/** A pool or a connection: whatever answers a query. */
export interface Queryable {
  query(config: QueryConfig): Promise<QueryResult>;
}

declare const open: unique symbol;

/** A connection inside a transaction, as only `inTransaction` gives it: what must hold together demands one. */
export interface Transaction extends Queryable {
  readonly [open]: true;
}
