import type { ProblemCode } from '../problems/catalogue.ts'
import type { FieldError } from '../problems/refusal.ts'

/** What a worker can be asked for: one name for each POST call under /v1. */
export type Call = 'score' | 'inspect' | 'overlay' | 'table' | 'agreement'

/** What the hooks of labeling tools ask a worker for; none is a call of its own under /v1. */
export type HookCall = 'label_studio_facts' | 'label_studio_scores' | 'label_studio_predict' | 'cvat_scores'

/** One part of a multipart body, as it arrived; nothing has been decoded. */
export interface BodyPart {
  readonly name: string
  /** The sender's file name, for error texts and annotators' names; it never decides how bytes are read. */
  readonly filename?: string
  readonly bytes: Uint8Array
}

/** The request as it came over the wire. Only these compressed bytes travel to a worker, never pixels. */
export type RequestBody =
  | { readonly type: 'parts'; readonly parts: readonly BodyPart[] }
  | { readonly type: 'json'; readonly bytes: Uint8Array }

export interface Task {
  readonly call: Call | HookCall
  readonly body: RequestBody
  /** The media type the caller prefers where a call has several answers. */
  readonly accept?: string
}

/** Milliseconds of monotonic time spent in each stage inside the worker. */
export interface StageTimes {
  decode: number
  count: number
  metrics: number
  serialise: number
}

/** Facts about the work for the request's log line and telemetry; no content. */
export interface TaskFacts {
  width?: number
  height?: number
  pixels?: number
  labels?: number
}

export interface Answer {
  readonly ok: true
  readonly contentType: string
  /** The finished body: serialised once, in the worker. */
  readonly body: Uint8Array
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
}

export type Outcome = Answer | Refused
