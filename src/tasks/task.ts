import type { ProblemCode } from '../problems/catalogue.ts'
import type { FieldError } from '../problems/refusal.ts'

/** One part of a multipart body, as it arrived; nothing has been decoded. */
export interface BodyPart {
  readonly name: string
  /** The sender's file name, for error texts and annotators' names; it never decides how bytes are read. */
  readonly filename?: string
  readonly bytes: Uint8Array
}

/** How often a part may be in a body. */
export type PartRule = 'once' | 'optional' | 'many'

/** The request as it came over the wire. Only these compressed bytes travel to a worker, never pixels. */
export type RequestBody =
  | { readonly type: 'parts'; readonly parts: readonly BodyPart[] }
  | { readonly type: 'json'; readonly bytes: Uint8Array }

/** What a call of this process is given instead of a request: plain data, cloned for the worker; shared memory is shared. */
interface PlainData {
  readonly type: 'data'
  readonly value: unknown
}

/** One piece of work for a worker. */
export interface Task {
  /** Names the performer that does it; who owns the performer owns the name. */
  readonly call: string
  readonly body: RequestBody | PlainData
  /** Waits until no other task waits: somebody waits for those. */
  readonly isBackground?: boolean
  /** The media type the caller prefers where a call has several answers. */
  readonly accept?: string
  /** Whether the caller takes gzip. */
  readonly takesGzip?: boolean
}

/** Milliseconds of monotonic time spent in each stage inside the worker. */
export type StageTimes = Readonly<Record<string, number>>

/** Numbers about the work for the request's log line and telemetry; no content. */
export type TaskFacts = Readonly<Record<string, number | undefined>>

export interface Answer {
  readonly ok: true
  readonly contentType: string
  /** The finished body: serialised once, in the worker. */
  readonly body: Uint8Array
  /** How the body is coded, of answers that are compressed for callers who take that. */
  readonly contentEncoding?: 'gzip' | 'identity'
  /** Further headers, lower case. */
  readonly headers?: Readonly<Record<string, string>>
  /** Fingerprint of the body, quoted as HTTP wants it. */
  readonly etag: string
  readonly times: StageTimes
  readonly facts: TaskFacts
}

/** An expected refusal as plain data: errors lose their class and code between threads. */
interface Refused {
  readonly ok: false
  readonly code: ProblemCode
  readonly detail: string
  readonly errors: readonly FieldError[]
  readonly remedy: string
}

export type Outcome = Answer | Refused
