import { once } from 'node:events';
import { UsageError } from '@piw/host/operator-error';
import { program } from '@piw/host/program';
import { notify } from '@piw/host/systemd';
import { serveSite } from './serve-site.ts';
import { indexAddress } from './upstream-index.ts';

/** Serves what the farm publishes. */
export const piwWeb = program({
  name: 'piw-web',
  describe: 'Serves the output directory of a farm to pip, uv and people',
  level: 'info',
  builder: (yargs) =>
    yargs
      .option('output-path', {
        alias: 'o',
        type: 'string',
        demandOption: true,
        describe: "The master's output directory",
      })
      .option('upstream-index', {
        type: 'string',
        describe: 'Where pip is sent for packages that the farm lacks',
        defaultDescription: "the master's index, if it merges upstream",
      })
      .option('http-host', { type: 'string', default: '127.0.0.1', describe: 'The address to listen on' })
      .option('http-port', { type: 'number', default: 8080, describe: 'The port to listen on; 0 picks a free one' }),
  handler: async ({ outputPath, httpHost, httpPort, upstreamIndex }, { log, signal, print, env }) => {
    if (upstreamIndex !== undefined && indexAddress(upstreamIndex) === undefined)
      throw new UsageError(
        `--upstream-index ${upstreamIndex} is not a web address.`,
        'Write it as https://HOST/simple/.',
      );
    const site = await serveSite({ outputDir: outputPath, host: httpHost, port: httpPort, log, upstreamIndex });
    print(`site   ${site.url}simple/`);
    await notify('READY=1', env);
    if (!signal.aborted) await once(signal, 'abort');
    await notify('STOPPING=1', env);
    await site.close();
  },
});
