import type { Call } from '../call.ts'
import examplesJson from './examples.json' with { type: 'json' }

/** A JSON request of one call, and its JSON answer. */
export interface Example {
  readonly request: unknown
  readonly answer: unknown
}

/** For the OpenAPI document; a test sends the requests and compares the answers. */
export const examples: Readonly<Record<Call, Example>> = examplesJson
