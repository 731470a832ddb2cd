#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwSlave } from '../dist/piw-slave.js';

process.exitCode = await runProgram(piwSlave, process.argv.slice(2));
