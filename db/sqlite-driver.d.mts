// The types of the chosen build; both have the interface of better-sqlite3.
import type Driver from 'better-sqlite3'

export function needsNodeApi(version: string): boolean
export declare const Database: typeof Driver
