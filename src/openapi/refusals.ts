import { type ProblemCode, problems } from '../problems/catalogue.ts'
import type { RegisteredRoute } from './route-contract.ts'

/** What any request may meet. */
const everywhere: readonly ProblemCode[] = ['MALFORMED_REQUEST', 'INTERNAL']
const withKey: readonly ProblemCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'RATE_LIMITED', 'DRAINING']
const withTicket: readonly ProblemCode[] = [
  'RECEIVE_TIMEOUT',
  'INPUT_TOO_LARGE',
  'QUEUE_FULL',
  'OVERLOADED',
  'TIMED_OUT',
]
/** A body is looked at where a method has one, also by a call that takes none. */
const withBodyOfAnyKind: readonly ProblemCode[] = ['UNSUPPORTED_MEDIA_TYPE']
const withBody: readonly ProblemCode[] = ['UNSUPPORTED_MEDIA_TYPE', 'MALFORMED_JSON']
/** A part of the path that is longer than any name leads nowhere. */
const withParameter: readonly ProblemCode[] = ['NOT_FOUND']
const withParts: readonly ProblemCode[] = ['MALFORMED_MULTIPART']

/** Codes that a route may answer with, by status, in the catalogue's order. */
export function refusalsOf({
  method,
  url,
  contract,
  open,
  admission,
}: RegisteredRoute): Map<number, ProblemCode[]> {
  const codes = new Set([
    ...everywhere,
    ...(open ? [] : withKey),
    ...(admission ? withTicket : []),
    ...(method === 'GET' ? [] : withBodyOfAnyKind),
    ...(url.includes(':') ? withParameter : []),
    ...(contract?.body ? withBody : []),
    ...(contract?.body?.parts ? withParts : []),
    ...(contract?.refusals ?? []),
  ])
  const byStatus = new Map<number, ProblemCode[]>()
  for (const code of Object.keys(problems) as ProblemCode[]) {
    if (!codes.has(code)) continue
    const { status } = problems[code]
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return byStatus
}
