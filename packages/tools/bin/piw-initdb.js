#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwInitdb } from '../dist/initdb.js';

process.exitCode = await runProgram(piwInitdb, process.argv.slice(2));
