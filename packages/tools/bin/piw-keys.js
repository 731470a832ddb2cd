#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwKeys } from '../dist/keys/piw-keys.js';

process.exitCode = await runProgram(piwKeys, process.argv.slice(2));
