#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwBuild } from '../dist/piw-build.js';

process.exitCode = await runProgram(piwBuild, process.argv.slice(2));
