#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwSense } from '../dist/piw-sense.js';

process.exitCode = await runProgram(piwSense, process.argv.slice(2));
