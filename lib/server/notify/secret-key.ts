/** Hides under which key the address of a destination lies encrypted: apart from all other secrets, so that none of them can be sent to. */
import 'server-only'

/** In: the `secretId` of a destination. Out: the id of its row among the secrets. */
export function secretKey(secretId: string): string {
  return `webhook ${secretId}`
}
