import type { Answer } from './transport.ts'
import type { components } from './types.ts'

/** A refusal of the service, as it words it. */
export type ProblemBody = components['schemas']['Problem']

/** What the service refuses. `code` says what is wrong, `remedy` how to mend it. */
export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly code: string
  readonly detail: string
  readonly remedy: string | undefined
  /** One for each field that is wrong. */
  readonly errors: NonNullable<ProblemBody['errors']>
  /** What the log of the service calls the request. */
  readonly requestId: string | undefined
  /** Seconds after which the same request may succeed. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: Partial<ProblemBody>, headers: Headers) {
    const detail = body.detail ?? body.title ?? `Status ${status}`
    super(`${body.code ?? `HTTP_${status}`}: ${detail}${body.remedy ? ` ${body.remedy}` : ''}`)
    this.status = status
    this.code = body.code ?? `HTTP_${status}`
    this.detail = detail
    this.remedy = body.remedy
    this.errors = body.errors ?? []
    this.requestId = headers.get('x-request-id') ?? undefined
    this.retryAfter = secondsOf(headers.get('retry-after'))
  }
}

/** The problem of an answer; a body that is none (a proxy's page or JSON) is told as it came. */
export function problemOf({ status, headers, text }: Answer): Problem {
  const body = parse(text())
  if (body?.code) return new Problem(status, body, headers)
  const shown = text().slice(0, 500).trim() || 'an empty body'
  return new Problem(status, { detail: `Status ${status}, and no problem of the service: ${shown}` }, headers)
}

function parse(text: string): Partial<ProblemBody> | null | undefined {
  try {
    return JSON.parse(text) as Partial<ProblemBody> | null
  } catch {
    return undefined
  }
}

/** The service did not answer, or something else did. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}

/** Retry-After: seconds, or a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds)
}
