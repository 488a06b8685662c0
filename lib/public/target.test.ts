/** What the server takes as the target of a request, and what it refuses before anything else looks at it. */
import { expect, it } from 'vitest'
import { plainTarget } from './target'

it('passes paths on, and takes the origin off absolute targets', () => {
  expect(plainTarget('/releases?state=ready&q=%25')).toBe('/releases?state=ready&q=%25')
  expect(plainTarget('/status')).toBe('/status')
  expect(plainTarget('http://evil.example/settings?a=1')).toBe('/settings?a=1')
  expect(plainTarget('HTTPS://evil.example')).toBe('/')
  expect(plainTarget('http://evil.example//other.example/x')).toBe('/other.example/x')
})

it('refuses what cannot be decoded and what is no path', () => {
  for (const target of ['/api/v1/releases/%ff', '/api/v1/people/%E0%A4%A', '/%', '/a%00b', '/a%0d%0aset-cookie:x', '*', 'evil.example:443', 'http://', 'javascript:alert(1)']) expect([target, plainTarget(target)]).toEqual([target, null])
})
