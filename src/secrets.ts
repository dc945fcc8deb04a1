import { createHash, createHmac, timingSafeEqual } from 'node:crypto'

const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Whether two secrets are equal, in a time that tells nothing about them. */
export const sameSecret = (a: string, b: string): boolean => timingSafeEqual(digestOf(a), digestOf(b))

/** The token of `Authorization: Bearer …`. */
export const bearerOf = (authorization: string | undefined): string | undefined =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1]

/** `user:password` of `Authorization: Basic …`. */
export function basicOf(authorization: string | undefined): string | undefined {
  const [, encoded] = /^Basic +(\S+) *$/i.exec(authorization ?? '') ?? []
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
}

/** Whether `sha256=<hex>` is the signature of exactly these bytes. */
export function isSignedBy(secret: string, bytes: Uint8Array, signature: string): boolean {
  const mac = createHmac('sha256', secret).update(bytes).digest('hex')
  return sameSecret(`sha256=${mac}`, signature.trim().toLowerCase())
}
