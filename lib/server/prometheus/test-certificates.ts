/** Makes certificates for tests: an authority, and certificates that it signs, written as DER by hand so that no program is needed. */
import 'server-only'
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length = body.length < 0x80 ? [body.length] : body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...length]), body])
}
const sequence = (...parts: readonly Buffer[]) => der(0x30, ...parts)
const hex = (text: string) => Buffer.from(text, 'hex')
/** Object identifiers, as their bytes: ecdsa-with-SHA256, commonName, basicConstraints, subjectAltName. */
const OID = { signature: hex('06082a8648ce3d040302'), name: hex('0603550403'), constraints: hex('0603551d13'), otherNames: hex('0603551d11') }
const TRUE = hex('0101ff')

const nameOf = (common: string) => sequence(der(0x31, sequence(OID.name, der(0x0c, Buffer.from(common)))))
const utc = (time: Date) => der(0x17, Buffer.from(`${time.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))
const pem = (label: string, bytes: Buffer) => `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{1,64}/g, '$&\n')}-----END ${label}-----\n`

export interface TestCertificate {
  readonly certificate: string
  readonly key: string
}

interface Issuer extends TestCertificate {
  readonly common: string
  readonly privateKey: KeyObject
}

function make(common: string, issuer: Issuer | null, extensions: readonly Buffer[], days: number): Issuer {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const now = Date.now()
  const algorithm = sequence(OID.signature)
  const validity = days > 0 ? [now - 3_600_000, now + days * 86_400_000] : [now + days * 86_400_000, now - 3_600_000]
  const body = sequence(
    der(0xa0, hex('020102')), der(0x02, Buffer.concat([hex('01'), randomBytes(8)])), algorithm, nameOf(issuer?.common ?? common),
    sequence(...validity.map((at) => utc(new Date(at)))), nameOf(common), pair.publicKey.export({ type: 'spki', format: 'der' }), der(0xa3, sequence(...extensions)),
  )
  const signature = sign('sha256', body, issuer?.privateKey ?? pair.privateKey)
  const certificate = pem('CERTIFICATE', sequence(body, algorithm, der(0x03, hex('00'), signature)))
  return { common, privateKey: pair.privateKey, certificate, key: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
}

/**
 * Makes an authority. Out: its certificate in PEM, and `issue`, which makes a certificate for names and IPv4 addresses
 * (negative days: it has run out).
 */
export function testAuthority(common = 'Test authority'): { readonly ca: string; issue(common: string, names: readonly string[], days?: number): TestCertificate } {
  const authority = make(common, null, [sequence(OID.constraints, TRUE, der(0x04, sequence(TRUE)))], 10)
  return {
    ca: authority.certificate,
    issue(subject, names, days = 10) {
      const others = names.map((name) => (/^[\d.]+$/.test(name) ? der(0x87, Buffer.from(name.split('.').map(Number))) : der(0x82, Buffer.from(name))))
      const { certificate, key } = make(subject, authority, others.length === 0 ? [sequence(OID.constraints, der(0x04, sequence()))] : [sequence(OID.otherNames, der(0x04, sequence(...others)))], days)
      return { certificate, key }
    },
  }
}
