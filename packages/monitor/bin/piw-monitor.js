#!/usr/bin/env node
// React and ink choose between their builds as they are loaded: that for development takes twice the time.
process.env.NODE_ENV ??= 'production';
const [{ runProgram }, { piwMonitor }] = await Promise.all([
  import('@piw/host/program'),
  import('../dist/piw-monitor.js'),
]);

process.exitCode = await runProgram(piwMonitor, process.argv.slice(2));
