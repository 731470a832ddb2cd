/** What sockets say when nobody listens, answers or can be found. */
const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EHOSTDOWN',
  'EACCES',
]);

/** What the server says while it starts, stops or is full (PostgreSQL, Appendix A: classes 08, 53 and 57P). */
const serverCodes = /^(?:08...|53300|57P0[1-5])$/;

/** What the driver says when a connection ends under it; it gives these no code. */
const driverWords =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error means that the database can't be reached just now, so that waiting is the answer. */
export function isConnectionError(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionError);
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  if (code !== undefined) return socketCodes.has(code) || serverCodes.test(code);
  return driverWords.test(error.message);
}
