#!/usr/bin/env node
import { runProgram } from '@piw/host/program';
import { piwAdd } from '../dist/add.js';

process.exitCode = await runProgram(piwAdd, process.argv.slice(2));
