/** Turns what zod found in a command into one refusal that says what is wrong and where. */
import 'server-only'
import type { z } from 'zod'
import type { Refusal } from '@/lib/domain/aggregate'

/** In: zod's issues. Out: an `invalid` refusal with one blocker per issue, its code being the path of the member. */
export function issuesOf(issues: readonly z.core.$ZodIssue[]): Refusal {
  const blockers = issues.map((issue) => ({ code: issue.path.map(String).join('.') || 'command', message: issue.message }))
  const [first] = blockers
  return { code: 'invalid', message: first ? `${first.code}: ${first.message}` : 'The command could not be read.', blockers }
}

/** Whether every string of a value can be kept the same in both databases: Postgres takes no null character, UTF-8 no lone surrogate. */
export function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes('\u0000') && value.isWellFormed()
  if (Array.isArray(value)) return value.every(isStorable)
  if (typeof value !== 'object' || value === null) return true
  return Object.entries(value).every(([name, part]) => isStorable(name) && isStorable(part))
}
