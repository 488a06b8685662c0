/** Reads what an evaluation kept, whatever version of the product wrote it: a shape that is not today's counts as not kept. */

import type { Advice } from './advice'
import type { Exchange } from './exchange'

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string')
}

function isSeries(value: unknown): boolean {
  return Array.isArray(value) && value.every((one: unknown) => isRecord(one) && isRecord(one['labels']) && typeof one['value'] === 'string')
}

function isExchange(value: unknown): value is Exchange {
  if (!isRecord(value)) return false
  const { error } = value
  return typeof value['role'] === 'string' && typeof value['query'] === 'string' && typeof value['at'] === 'number' && typeof value['ok'] === 'boolean' && typeof value['totalSeries'] === 'number'
    && typeof value['tookMs'] === 'number' && isTexts(value['warnings']) && isTexts(value['infos']) && isSeries(value['series'])
    && (error === null || (isRecord(error) && typeof error['message'] === 'string'))
}

/** Whether a kept value is the list of questions and answers. */
export function isExchanges(value: unknown): value is readonly Exchange[] {
  return Array.isArray(value) && value.every(isExchange)
}

/** Whether a kept value is the statistical comparison. */
export function isAdvice(value: unknown): value is Advice {
  return isRecord(value) && value['kind'] === 'mann-whitney' && typeof value['words'] === 'string' && typeof value['caution'] === 'string' && isRecord(value['points'])
}
