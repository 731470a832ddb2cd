import { once } from 'node:events';
import { realpath } from 'node:fs/promises';
import type { Server } from 'node:http';
import { type AddressInfo, isIPv6 } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Logger } from '@piw/host/log';
import { Refusal } from '@piw/host/operator-error';
import { siteApp } from './site-app.ts';
import { upstreamIndex } from './upstream-index.ts';

/** What to serve, and where. */
export interface SiteOptions {
  readonly outputDir: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly log: Logger;
  /** Where packages are that the farm lacks; where it isn't given, the master's word counts. */
  readonly upstreamIndex?: string | undefined;
}

/** A server that answers until it is closed. */
export interface Site {
  /** `http://127.0.0.1:8080/` */
  readonly url: string;
  readonly port: number;
  /** Lets downloads that run go on for two seconds at most. */
  readonly close: () => Promise<void>;
}

const graceMs = 2000;

/** Serves the output directory; a Refusal tells of a directory that isn't there and of a port that can't be had. */
export async function serveSite({ outputDir, host, port, log, ...given }: SiteOptions): Promise<Site> {
  const root = await realRoot(outputDir);
  const app = siteApp({ root, upstream: upstreamIndex(root, given.upstreamIndex) }, log);
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    throw notListening(error as NodeJS.ErrnoException, host, port);
  }
  const taken = (server.address() as AddressInfo).port;
  return { url: `http://${reachable(host)}:${taken}/`, port: taken, close: () => close(server) };
}

async function realRoot(outputDir: string): Promise<string> {
  try {
    return await realpath(outputDir);
  } catch (cause) {
    throw new Refusal(
      `The output directory ${outputDir} can't be served: ${(cause as Error).message}.`,
      "Give the master's with --output-path.",
      { cause },
    );
  }
}

function notListening({ code, message }: NodeJS.ErrnoException, host: string, port: number): Refusal {
  if (code === 'EADDRINUSE')
    return new Refusal(`Port ${port} of ${host} is taken.`, 'Give another with --http-port; 0 picks a free one.');
  if (code === 'EACCES')
    return new Refusal(`Port ${port} is for privileged users.`, 'Give one above 1023 with --http-port.');
  return new Refusal(`${host} port ${port} can't be listened on: ${message}.`, 'Give another with --http-host.');
}

/** The name under which this machine reaches a server that listens everywhere. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return isIPv6(host) ? `[${host}]` : host;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const deadline = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(deadline);
}
