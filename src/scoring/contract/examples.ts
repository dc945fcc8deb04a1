import type { Call } from '../call.ts'
import examplesJson from './examples.json' with { type: 'json' }

/** A JSON request of one call, and its JSON answer. */
export interface Example {
  readonly request: unknown
  /** Written by `npm run docs`, which answers the request anew. */
  answer: unknown
}

/** For the OpenAPI document. Add a call's request to examples.json by hand; its answer follows. */
export const examples: Readonly<Record<Call, Example>> = examplesJson
