// `npm start`: installs and builds when it must, then becomes the server in this very process, so that signals reach it.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build, install, ROOT } from './prepare.mjs'

process.chdir(ROOT)
install()
build()
await import(pathToFileURL(path.join(ROOT, 'dist', 'server.js')).href)
