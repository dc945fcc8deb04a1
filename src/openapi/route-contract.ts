import type { z } from 'zod'
import type { ProblemCode } from '../problems/catalogue.ts'
import type { PartRule } from '../tasks/task.ts'

export const tags = {
  Scoring: 'Masks or counts in, scores out.',
  Evaluations: 'Whole datasets: many pairs in, one answer out.',
  Datasets: 'Stored ground truths, their versions and leaderboards.',
  Reference: 'What the numbers mean and which files are read.',
  'Labeling tools': 'What labeling tools call by themselves.',
  Operation: 'Probes, capacity and telemetry.',
  Pages: 'For people.',
} as const

/** One part of a multipart body: a file, or JSON text where it has a schema. */
interface PartContract {
  readonly rule: PartRule
  readonly description: string
  readonly schema?: z.ZodType
  /** A value that any such call takes: what "try it out" begins with. */
  readonly example?: unknown
}

export interface BodyContract {
  readonly json: z.ZodType
  /** A JSON body that is answered with 200. */
  readonly example?: unknown
  readonly parts?: Readonly<Record<string, PartContract>>
}

/** What is in an answer of one media type: JSON of a schema, else text or bytes. */
interface AnswerContract {
  readonly schema?: z.ZodType
  readonly example?: unknown
}

interface QueryContract {
  readonly description: string
  readonly schema: z.ZodType
  readonly required?: true
  readonly example?: string | number
}

/**
 * What the OpenAPI document says of one route; the route gives it as its `config.contract`. What all routes have in
 * common (refused keys, rate limits, a full queue) follows from the rest of the route's config.
 */
export interface RouteContract {
  readonly tag: keyof typeof tags
  /** Where the one made from method and path is another route's. */
  readonly operationId?: string
  readonly summary: string
  readonly description?: string
  /** Each `:name` of the path. */
  readonly path?: Readonly<Record<string, { readonly description: string; readonly example: string }>>
  /** Each parameter of the query; none has to be given unless it says so. */
  readonly query?: Readonly<Record<string, QueryContract>>
  readonly body?: BodyContract
  /** Of the answer below, where it is not 200. */
  readonly status?: 201 | 202 | 204
  /** Headers of that answer beside those of every one. */
  readonly headers?: readonly 'location'[]
  /** The answer has an ETag; a caller that knows it gets 304. */
  readonly isTagged?: true
  /** By media type; nothing for an answer without a body. The first is what a caller without preferences gets. */
  readonly answer: Readonly<Record<string, AnswerContract>>
  /** Address of what explains the numbers of the answer; sent as its `Link`. */
  readonly describedBy?: string
  /** Statuses with the same body as the good answer, and when they come. */
  readonly also?: Readonly<Record<number, string>>
  /** Refusals beside those that follow from the route's config. */
  readonly refusals?: readonly ProblemCode[]
  /** A secret of its own instead of a key. */
  readonly secret?: 'bearer' | 'basic' | 'signature' | 'callback_key'
}

/** A route as it was registered. */
export interface RegisteredRoute {
  readonly method: string
  /** As Fastify writes it: `/problems/:code`. */
  readonly url: string
  readonly contract: RouteContract | undefined
  /** Needs no key. */
  readonly open: boolean
  /** Does work: takes a ticket, reads a body. */
  readonly admission: boolean
}
