#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwWeb } from '../dist/piw-web.js';

process.exitCode = await runProgram(piwWeb, process.argv.slice(2));
