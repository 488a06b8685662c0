import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { said } from '@/components/ui/said'

const kept = (words: string) => [...renderToStaticMarkup(<p>{said(words)}</p>).matchAll(/nowrap">([^<]*)</g)].map((found) => found[1])

describe('words with numbers', () => {
  it.each([
    ['Waiting on Ops for 2 d 4 h: load test (gate 5).', ['2 d 4 h']],
    ['0.72 % is 1.80 × stable (0.4 %); outside its limit, ≤ 1.2 × stable.', ['0.72 %', '1.80 ×', '0.4 %', '≤ 1.2 ×']],
    ['8 GiB memory · 1,200 req/s peak', ['8 GiB', '1,200 req/s']],
    ['Power work, until 25 Nov 2026, 04:54 UTC.', ['25 Nov', '04:54 UTC']],
    ['3 sign-offs are stale; 2 days, 4 domains', []],
  ])('keeps each number of “%s” beside its unit', (words, pairs) => {
    expect(kept(words)).toEqual(pairs)
  })

  it('changes no word', () => {
    const words = 'Soaking at 100 %: 16 h of 24 h steady.'
    expect(renderToStaticMarkup(<p>{said(words)}</p>).replaceAll(/<[^>]*>/g, '')).toBe(words)
  })

  it('is plain text where there is no number', () => {
    expect(renderToStaticMarkup(<p>{said('Nothing else blocks.')}</p>)).toBe('<p>Nothing else blocks.</p>')
  })
})
