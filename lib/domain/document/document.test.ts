import { describe, expect, it } from 'vitest'
import { checkAddress, safeHref } from './address'
import { providerOf, suggestKind } from './document'

describe('addresses', () => {
  it.each([
    ['javascript:alert(1)', 'begin with https'], ['JaVaScRiPt:alert(1)', 'begin with https'], ['data:text/html,x', 'begin with https'],
    ['//evil.example', 'begin with https'], ['ftp://a.example/x', 'begin with https'], ['https://', 'whole address'],
    ['https://user:pw@a.example', 'password'], ['https://a.example/\u202egpj.exe', 'invisible'], ['https://a.example/a b', 'spaces'],
    ['', 'Paste an address'], [`https://a.example/${'x'.repeat(2_000)}`, 'at most 2000'],
  ])('refuses %j', (text, words) => {
    const checked = checkAddress(text)
    expect(checked.ok ? '' : checked.problem).toContain(words)
    expect(safeHref(text)).toBeNull()
  })
  it('takes http and https and encodes what could break out of an attribute', () => {
    expect(checkAddress(' https://Docs.Google.com/document/d/1 ')).toEqual({ ok: true, href: 'https://docs.google.com/document/d/1' })
    expect(safeHref('https://a.example/"><script>')).toBe('https://a.example/%22%3E%3Cscript%3E')
  })
})

describe('providers', () => {
  it.each([
    ['https://docs.google.com/document/d/1abc/edit', 'google-docs'], ['https://docs.google.com/spreadsheets/d/1', 'google-sheets'],
    ['https://acme.atlassian.net/wiki/spaces/ML/pages/12', 'confluence'], ['https://acme.atlassian.net/browse/ML-1', 'jira'],
    ['https://www.notion.so/acme/Runbook-0123456789abcdef0123456789abcdef', 'notion'],
    ['https://github.com/acme/models/pull/7', 'github-pull'], ['https://github.com/acme/models/blob/main/README.md', 'github'],
    ['https://gitlab.acme.example/x/y', 'gitlab'], ['https://huggingface.co/acme/churn', 'hugging-face'], ['https://wandb.ai/acme/x', 'wandb'],
    ['https://monitor.acme.example/d/abc123/fraud', 'grafana'], ['https://evilgithub.com/a/b', 'web'], ['https://github.com.evil.example/a', 'web'],
  ])('%s', (href, id) => expect(providerOf(href).id).toBe(id))
  it('sees the commit that an address pins, and suggests a kind', () => {
    const sha = 'a'.repeat(40)
    expect(providerOf(`https://github.com/acme/m/blob/${sha}/card.md`).pinnedRevision).toBe(sha)
    expect(providerOf('https://github.com/acme/m/blob/main/card.md').pinnedRevision).toBeNull()
    expect(suggestKind('https://x.example/1', 'Model card 4.2')).toBe('model-card')
    expect(suggestKind('https://x.example/1', 'Notes')).toBe('other')
  })
})
