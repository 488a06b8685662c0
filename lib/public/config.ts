/** Hides where the configuration comes from: the environment, `NAME_FILE` secrets and DATA_DIR, validated once with all errors at once. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isIP } from 'node:net'
import { z } from 'zod'
import { processWide } from '@/lib/public/process-wide'

const MIN_SECRET_LENGTH = 32

/** Every setting that an operator can name. A setting that is marked secret may also come from the file that `NAME_FILE` points to. */
const settings = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().regex(/^(file:|postgres(ql)?:\/\/|:memory:$)/, 'must begin with file: or postgres://').optional(),
  GATEHOUSE_SECRET: z.string().min(MIN_SECRET_LENGTH, `must have at least ${MIN_SECRET_LENGTH} characters`).optional(),
  GATEHOUSE_SECRET_PREVIOUS: z.string().refine((value) => words(value).every((one) => one.length >= MIN_SECRET_LENGTH), `must have at least ${MIN_SECRET_LENGTH} characters, several separated by spaces`).default(''),
  PUBLIC_URL: z.string().superRefine((value, context) => {
    const reason = publicUrlFault(value)
    if (reason) context.addIssue({ code: 'custom', message: reason })
  }).optional(),
  TRUST_PROXY: z.string().refine(isTrust, 'must be true, false, or addresses and networks such as 10.0.0.0/8').default('false'),
  PROMETHEUS_BIN: z.string().min(1).optional(),
  OIDC_ISSUER: z.url({ protocol: /^https?$/, error: 'must be the address of the issuer' }).optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_GROUPS_CLAIM: z.string().min(1).default('groups'),
  OIDC_SCOPE: z.string().regex(/(^| )openid( |$)/, 'must name openid').default('openid profile'),
  OIDC_RECHECK_MINUTES: z.coerce.number().min(0.01).max(15).default(10),
  WEBHOOK_HOSTS: z.string().default(''),
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: 'must look like smtps://user:password@mail.example.com or smtp://mail.example.com:587' }).optional(),
  MAIL_FROM: z.string().regex(/^(?:[^<>\r\n"]{1,80} <[^\s<>@,;"]+@[^\s<>@,;"]+>|[^\s<>@,;"]+@[^\s<>@,;"]+)$/, 'must be an address such as gatehouse@example.com or Gatehouse <gatehouse@example.com>').optional(),
  GATEHOUSE_CHECKPOINT_DIR: z.string().min(1).optional(),
  GATEHOUSE_CHECKPOINT_WEBHOOK: z.url({ protocol: /^https?$/, error: 'must be the address that signed checkpoints are posted to' }).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
}).superRefine((value, context) => {
  const given = [value.OIDC_ISSUER, value.OIDC_CLIENT_ID, value.OIDC_CLIENT_SECRET].filter((part) => part !== undefined)
  if (given.length % 3 !== 0) {
    context.addIssue({ code: 'custom', path: ['OIDC_ISSUER'], message: 'OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed together' })
  }
  if ((value.SMTP_URL === undefined) !== (value.MAIL_FROM === undefined)) {
    context.addIssue({ code: 'custom', path: ['SMTP_URL'], message: 'SMTP_URL and MAIL_FROM are needed together' })
  }
})

const SECRETS = ['DATABASE_URL', 'GATEHOUSE_SECRET', 'GATEHOUSE_SECRET_PREVIOUS', 'OIDC_CLIENT_SECRET', 'SMTP_URL'] as const

export interface Config {
  readonly port: number
  readonly host: string
  /** Absolute path of the folder for the database, the generated secret, stored files and backups. */
  readonly dataDir: string
  readonly databaseUrl: string
  /** At least 32 characters; keys for sessions and for encryption are derived from it. */
  readonly secret: string
  /** Secrets before it, newest first: they open what was encrypted under them until everything is encrypted anew. */
  readonly previousSecrets: readonly string[]
  /** Origin for links, without a slash at its end. */
  readonly publicUrl: string
  readonly isSecure: boolean
  /** Addresses and networks whose X-Forwarded-* headers are believed; `all` believes everyone. */
  readonly trustProxy: 'none' | 'all' | readonly string[]
  readonly prometheusBin: string | null
  readonly oidc: { readonly issuer: string; readonly clientId: string; readonly clientSecret: string; readonly groupsClaim: string; readonly scope: string; readonly recheckMs: number } | null
  /** Hosts beside Slack's to which notifications may be sent. */
  readonly webhookHosts: readonly string[]
  /** The server that e-mail leaves by, and the address that it comes from; null: no e-mail. A plain `smtp:` address must offer STARTTLS unless `isPlainAllowed`. */
  readonly mail: { readonly url: string; readonly from: string; readonly isPlainAllowed: boolean } | null
  /** Where signed checkpoints leave the machine: a folder, best on another disk, and an address that they are posted to. */
  readonly checkpoints: { readonly dir: string | null; readonly webhook: string | null }
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`)
    this.name = 'ConfigError'
  }
}

/**
 * Reads and validates the configuration. In: an environment. Out: the configuration, with the secret generated into DATA_DIR when none is given.
 * Throws one ConfigError that names every fault.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const faults: string[] = []
  const given = withSecretFiles(environment, faults)
  const parsed = settings.safeParse(given)
  if (!parsed.success) for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')}: ${issue.message}`)
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults)
  const value = parsed.data
  const dataDir = path.resolve(value.DATA_DIR)
  const publicUrl = (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, '')
  return {
    port: value.PORT,
    host: value.HOST,
    dataDir,
    databaseUrl: value.DATABASE_URL ?? `file:${path.join(dataDir, 'gatehouse.db')}`,
    secret: value.GATEHOUSE_SECRET ?? storedSecret(dataDir),
    previousSecrets: words(value.GATEHOUSE_SECRET_PREVIOUS),
    publicUrl,
    isSecure: publicUrl.startsWith('https:'),
    trustProxy: trustOf(value.TRUST_PROXY),
    prometheusBin: value.PROMETHEUS_BIN ?? null,
    oidc: value.OIDC_ISSUER && value.OIDC_CLIENT_ID && value.OIDC_CLIENT_SECRET
      ? { issuer: value.OIDC_ISSUER, clientId: value.OIDC_CLIENT_ID, clientSecret: value.OIDC_CLIENT_SECRET, groupsClaim: value.OIDC_GROUPS_CLAIM, scope: value.OIDC_SCOPE, recheckMs: value.OIDC_RECHECK_MINUTES * 60_000 }
      : null,
    webhookHosts: list(value.WEBHOOK_HOSTS),
    mail: value.SMTP_URL && value.MAIL_FROM ? { url: value.SMTP_URL, from: value.MAIL_FROM, isPlainAllowed: isPlainMailAllowed(new URL(value.SMTP_URL)) } : null,
    checkpoints: { dir: value.GATEHOUSE_CHECKPOINT_DIR ? path.resolve(value.GATEHOUSE_CHECKPOINT_DIR) : null, webhook: value.GATEHOUSE_CHECKPOINT_WEBHOOK ?? null },
    logLevel: value.LOG_LEVEL,
  }
}

/** The configuration of this process, read once. Throws ConfigError like readConfig. */
export function config(): Config {
  return processWide('config', () => readConfig(process.env))
}

function withSecretFiles(environment: Readonly<Record<string, string | undefined>>, faults: string[]): Record<string, string> {
  const given: Record<string, string> = {}
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value !== '') given[name] = value
  for (const name of SECRETS) {
    const file = given[`${name}_FILE`]
    if (file === undefined) continue
    if (given[name] !== undefined) faults.push(`${name}: give it or ${name}_FILE, not both`)
    try {
      given[name] = readFileSync(file, 'utf8').trim()
    } catch {
      faults.push(`${name}_FILE: ${file} cannot be read`)
    }
  }
  return given
}

// Made once and kept: sessions and encrypted settings depend on it, so it is part of a backup.
function storedSecret(dataDir: string): string {
  const file = path.join(dataDir, 'secret')
  mkdirSync(dataDir, { recursive: true })
  if (!existsSync(file)) {
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if (!existsSync(file)) throw error // another process was first
    }
  }
  const secret = readFileSync(file, 'utf8').trim()
  if (secret.length < MIN_SECRET_LENGTH) throw new ConfigError([`GATEHOUSE_SECRET: ${file} holds no usable secret; restore it from a backup`])
  return secret
}

function publicUrlFault(value: string): string | null {
  if (!URL.canParse(value)) return 'must be an address such as https://gatehouse.example.org'
  const url = new URL(value)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must begin with https://'
  if (url.pathname !== '/' || url.search || url.hash) return 'must be an origin without a path'
  if (url.protocol === 'http:' && !isPrivateHost(url.hostname)) return 'plain http is refused on a public host; use https'
  return null
}

function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) === 0) return !host.includes('.') || /\.(localhost|local|internal|test|lan|home\.arpa)$/.test(host)
  return /^(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|::1$|f[cd]|fe80:)/i.test(host)
}

/** Words may cross a private network in plain text, a password never. */
function isPlainMailAllowed(url: URL): boolean {
  return url.protocol === 'smtp:' && url.password === '' && isPrivateHost(url.hostname)
}

function isTrust(value: string): boolean {
  return /^(true|false|1|0)$/.test(value) || list(value).every((entry) => isIP(entry.split('/')[0] ?? '') !== 0 && /^[^/]+(\/\d{1,3})?$/.test(entry))
}

function trustOf(value: string): Config['trustProxy'] {
  if (value === 'true' || value === '1') return 'all'
  return value === 'false' || value === '0' ? 'none' : list(value)
}

function list(value: string): string[] {
  return value.split(',').map((entry) => entry.trim()).filter((entry) => entry !== '')
}

function words(value: string): string[] {
  return value.split(/\s+/).filter((word) => word !== '')
}
