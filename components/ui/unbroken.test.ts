/** Numbers stay with their units, and nothing else is held together. */
import { expect, it } from 'vitest'
import { unbroken } from '@/components/ui/unbroken'

const shown = (text: string) => unbroken(text).replaceAll('\u00a0', '_')

it.each([
  ['0.72 % is 1.80 × stable (0.4 %); outside ≤ 1.2 × stable', '0.72_% is 1.80_× stable (0.4_%); outside ≤_1.2_× stable'],
  ['Waiting on Ops for 2 d 4 h: 38 min or 1 h 20 min', 'Waiting on Ops for 2_d_4_h: 38_min or 1_h_20_min'],
  ['412 ms, 18 req/s, 8 GiB, due 20 Nov', '412_ms, 18_req/s, 8_GiB, due 20_Nov'],
  ['gate 5 has 4 items, 2 sign-offs and 3 more', 'gate 5 has 4 items, 2 sign-offs and 3 more'],
  ['2 days, 3 hosts, 1 decision', '2 days, 3 hosts, 1 decision'],
])('%s', (text, expected) => expect(shown(text)).toBe(expected))
