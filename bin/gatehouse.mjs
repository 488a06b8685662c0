#!/usr/bin/env node
// `npm run gatehouse -- …` and `bin/gatehouse`: bundles the command line (some milliseconds) and runs it in this process.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { install, ROOT } from './prepare.mjs'

const calledFrom = process.cwd()
process.chdir(ROOT)
install()
const { bundle } = await import('./bundle.mjs')
const file = path.join(ROOT, 'dist', 'gatehouse.js')
await bundle('bin/gatehouse.ts', file)
process.env.GATEHOUSE_CALLED_FROM = calledFrom
await import(pathToFileURL(file).href)
