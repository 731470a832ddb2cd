import { once } from 'node:events';
import { program } from '@piw/host/program';
import { notify } from '@piw/host/systemd';
import { serveSite } from './serve-site.ts';

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
      .option('http-host', { type: 'string', default: '127.0.0.1', describe: 'The address to listen on' })
      .option('http-port', { type: 'number', default: 8080, describe: 'The port to listen on; 0 picks a free one' }),
  handler: async ({ outputPath, httpHost, httpPort }, { log, signal, print, env }) => {
    const site = await serveSite({ outputDir: outputPath, host: httpHost, port: httpPort, log });
    print(`site   ${site.url}simple/`);
    await notify('READY=1', env);
    if (!signal.aborted) await once(signal, 'abort');
    await notify('STOPPING=1', env);
    await site.close();
  },
});
