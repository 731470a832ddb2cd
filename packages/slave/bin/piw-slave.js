#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwSlave } from '../dist/piw-slave.js';

// Does not wait for what is still being cleared away: a slave that was told to stop is gone within seconds.
process.exit(await runProgram(piwSlave, process.argv.slice(2)));
