import { runBuilt } from './run-built.mjs';

await runBuilt('pictures/run.js');
