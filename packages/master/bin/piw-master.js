#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwMaster } from '../dist/piw-master.js';

process.exitCode = await runProgram(piwMaster, process.argv.slice(2));
