import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '@/lib/public/config'

const SECRET = 'a'.repeat(40)
const folder = () => mkdtempSync(path.join(tmpdir(), 'gatehouse-config-'))

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('the configuration', () => {
  it('has a default for everything, and keeps the secret that it made', () => {
    const DATA_DIR = folder()
    const first = readConfig({ DATA_DIR })
    expect(first).toMatchObject({ port: 3000, databaseUrl: `file:${DATA_DIR}/gatehouse.db`, publicUrl: 'http://localhost:3000', trustProxy: 'none', oidc: null })
    expect(first.secret.length).toBeGreaterThanOrEqual(32)
    expect(readConfig({ DATA_DIR }).secret).toBe(first.secret)
    expect(statSync(path.join(DATA_DIR, 'secret')).mode & 0o077).toBe(0)
  })

  it('names all faults at once', () => {
    const faults = faultsOf({ PORT: 'many', DATABASE_URL: 'mysql://x', PUBLIC_URL: 'http://gatehouse.example.org', GATEHOUSE_SECRET: 'short', TRUST_PROXY: 'maybe' })
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(['PORT', 'DATABASE_URL', 'GATEHOUSE_SECRET', 'PUBLIC_URL', 'TRUST_PROXY'])
  })

  it.each([
    ['https://gatehouse.example.org', true],
    ['http://localhost:3000', true],
    ['http://10.1.2.3', true],
    ['http://gatehouse.internal', true],
    ['http://gatehouse.example.org', false],
    ['http://8.8.8.8', false],
    ['ftp://gatehouse', false],
    ['https://gatehouse.example.org/app', false],
  ])('takes %s as PUBLIC_URL: %s', (PUBLIC_URL, isTaken) => {
    expect(faultsOf({ PUBLIC_URL, GATEHOUSE_SECRET: SECRET }).length === 0).toBe(isTaken)
  })

  it('reads a secret from a file, and refuses both ways at once', () => {
    const file = path.join(folder(), 'secret')
    writeFileSync(file, `${SECRET}\n`)
    expect(readConfig({ GATEHOUSE_SECRET_FILE: file }).secret).toBe(SECRET)
    expect(faultsOf({ GATEHOUSE_SECRET_FILE: file, GATEHOUSE_SECRET: SECRET })).toEqual(['GATEHOUSE_SECRET: give it or GATEHOUSE_SECRET_FILE, not both'])
    expect(readConfig({ GATEHOUSE_SECRET: 'y'.repeat(32), GATEHOUSE_SECRET_PREVIOUS_FILE: file }).previousSecrets).toEqual([SECRET])
    expect(faultsOf({ GATEHOUSE_SECRET: SECRET, GATEHOUSE_SECRET_PREVIOUS: `${SECRET} short` })).toEqual(['GATEHOUSE_SECRET_PREVIOUS: must have at least 32 characters, several separated by spaces'])
    expect(faultsOf({ GATEHOUSE_SECRET_FILE: `${file}.gone` })).toEqual([`GATEHOUSE_SECRET_FILE: ${file}.gone cannot be read`])
  })

  it('refuses a damaged stored secret instead of making a new one', () => {
    const DATA_DIR = folder()
    writeFileSync(path.join(DATA_DIR, 'secret'), '')
    expect(faultsOf({ DATA_DIR })).toHaveLength(1)
    expect(readFileSync(path.join(DATA_DIR, 'secret'), 'utf8')).toBe('')
  })

  it('wants both settings of e-mail, takes the password from a file, and lets plain text only into the private network', () => {
    const mailOf = (SMTP_URL: string) => readConfig({ SMTP_URL, MAIL_FROM: 'Gatehouse <gatehouse@example.com>', GATEHOUSE_SECRET: SECRET }).mail
    expect(readConfig({ GATEHOUSE_SECRET: SECRET }).mail).toBeNull()
    expect(mailOf('smtps://u:p@mail.example.com')).toMatchObject({ from: 'Gatehouse <gatehouse@example.com>', isPlainAllowed: false })
    expect(['smtp://127.0.0.1:2525', 'smtp://mail.internal', 'smtp://u:p@10.0.0.1', 'smtp://mail.example.com'].map((url) => mailOf(url)?.isPlainAllowed)).toEqual([true, true, false, false])
    expect(faultsOf({ SMTP_URL: 'smtp://mail.internal', GATEHOUSE_SECRET: SECRET })).toEqual(['SMTP_URL: SMTP_URL and MAIL_FROM are needed together'])
    expect(faultsOf({ SMTP_URL: 'http://mail.internal', MAIL_FROM: 'a@b.example\nBcc: c@d.example', GATEHOUSE_SECRET: SECRET })).toHaveLength(2)
    const file = path.join(folder(), 'smtp')
    writeFileSync(file, 'smtps://u:p@mail.example.com\n')
    expect(readConfig({ SMTP_URL_FILE: file, MAIL_FROM: 'a@b.example', GATEHOUSE_SECRET: SECRET }).mail?.url).toBe('smtps://u:p@mail.example.com')
  })

  it('wants the three OIDC settings together', () => {
    expect(faultsOf({ OIDC_ISSUER: 'https://id.example.org', GATEHOUSE_SECRET: SECRET })).toHaveLength(1)
  })
})
