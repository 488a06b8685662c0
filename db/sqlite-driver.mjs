// The build of better-sqlite3 that the running Node can carry: version 12 speaks to V8 itself and aborts when Node 24.19 or later collects a statement; version 13 speaks Node-API and crashes on Node 20.
import Classic from 'better-sqlite3'
import OverNodeApi from 'better-sqlite3-node-api'

/** Whether a Node of this version (as in `process.versions.node`) needs the build over Node-API. */
export function needsNodeApi(version) {
  return Number.parseInt(version, 10) >= 22
}

// Importing either loads no native code: that happens when a database is opened.
export const Database = needsNodeApi(process.versions.node) ? OverNodeApi : Classic
