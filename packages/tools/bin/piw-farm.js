#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwFarm } from '../dist/farm/piw-farm.js';

process.exitCode = await runProgram(piwFarm, process.argv.slice(2));
