import { expect, it } from 'vitest'
import { parser } from '@prometheus-io/lezer-promql'
import { PRESETS } from '@/lib/domain/preset/catalogue'
import { maskPlaceholders } from '@/lib/domain/preset/placeholder'

it('reads every template of a preset as PromQL, with its offsets kept', () => {
  for (const preset of PRESETS) {
    const masked = maskPlaceholders(preset.query)
    expect(masked).toHaveLength(preset.query.length)
    let isWrong = false
    parser.parse(masked).iterate({ enter: (node) => { isWrong ||= node.type.isError } })
    expect([preset.id, isWrong]).toEqual([preset.id, false])
  }
})
