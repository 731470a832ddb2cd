#!/usr/bin/env node
// What the master waits for is the disk: with the usual four threads, four syncs at a time. It is set before
// anything else, and from CommonJS: loading a module starts the threads. (Which is all that package.json here is for.)
process.env.UV_THREADPOOL_SIZE ??= '16';

// What a thousand slaves say lives for ten seconds and is old by then: memory is looked through when half as much again
// is in use as the last time, in place of up to four times. That saves 40 MB of 240, and costs nothing that could be measured.
require('node:v8').setFlagsFromString('--heap-growing-percent=50');

void (async () => {
  const { runProgram } = await import('@piw/host/program');
  const { piwMaster } = await import('../dist/piw-master.js');
  process.exitCode = await runProgram(piwMaster, process.argv.slice(2));
})();
