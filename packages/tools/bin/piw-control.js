#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwControl } from '../dist/control/piw-control.js';

process.exitCode = await runProgram(piwControl, process.argv.slice(2));
