import { refuseField } from '../../../problems/refusal.ts'

/**
 * The address of a source that a caller names: https, port 443, a listed host, no user. What is refused is never repeated:
 * presigned addresses hold a secret.
 * @param pointer of the source in the request
 * @throws Refusal SOURCE_REFUSED
 */
export function sourceUrl(text: string, hosts: readonly string[], pointer: string): URL {
  const refuse = (why: string) => refuseField('SOURCE_REFUSED', pointer, `The address ${why}.`)
  if (!URL.canParse(text)) throw refuse('is none')
  const url = new URL(text)
  if (url.protocol !== 'https:') throw refuse('does not begin with https://')
  if (url.port !== '') throw refuse('names a port: only 443 is called')
  if (url.username !== '' || url.password !== '') throw refuse('holds a user or a password')
  if (!hosts.includes(url.hostname))
    throw refuse(
      hosts.length === 0
        ? 'cannot be fetched: this service fetches none (MASKSCORE_SOURCE_HOSTS)'
        : 'is of a host that the operator did not list (MASKSCORE_SOURCE_HOSTS)',
    )
  return url
}
