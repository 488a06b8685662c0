import { expect, it } from 'vitest'
import { doorOf } from '@/lib/public/door'

const to = (url: string, headers: Record<string, string> = {}, method = 'GET') => doorOf({ method, url, headers })

it('sends a visitor without a session to the sign-in, and says where they wanted to go', () => {
  expect(to('/')).toBe('/sign-in')
  expect(to('/?team=ops')).toBe('/sign-in')
  expect(to('/releases/FRAUD-1?gate=scope')).toBe('/sign-in?next=%2Freleases%2FFRAUD-1%3Fgate%3Dscope')
  expect(to('/models', { cookie: 'gatehouse-theme=dark; xgatehouse.session=1' })).toBe('/sign-in?next=%2Fmodels')
})

it('lets everybody else go on', () => {
  for (const url of ['/status', '/status.json', '/sign-in?next=%2F', '/set-up', '/invite/x', '/reset/x', '/api/v1/board', '/_next/static/x.js', '/icon.svg', '/robots.txt', '/docs/problems']) expect(to(url)).toBeNull()
  expect(to('/models', { cookie: 'a=b; gatehouse.session=x' })).toBeNull()
  expect(to('/models', { cookie: '__Host-gatehouse.session=x' })).toBeNull()
  expect(to('/models', { rsc: '1' })).toBeNull()
  expect(to('/models', {}, 'POST')).toBeNull()
})
