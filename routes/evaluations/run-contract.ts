import type { ProblemCode } from '../../src/problems/catalogue.ts'

/** What the contracts of all calls about one run have in common. */
export const runPath = {
  id: { description: 'Id of an evaluation', example: '3f0c6c1e-7f3a-4c1d-9b39-0a6b1c2d3e4f' },
} as const

export const itemPath = {
  ...runPath,
  index: { description: 'Place in the manifest', example: '0' },
} as const

export const storeRefusals = [
  'STORE_UNAVAILABLE',
  'STORAGE_FULL',
  'FOREIGN_ORIGIN',
] as const satisfies ProblemCode[]
export const runRefusals = [
  ...storeRefusals,
  'NOT_FOUND',
  'GONE',
  'RESULTS_DAMAGED',
] as const satisfies ProblemCode[]
/** Of calls that a thread answers from the files of a run. */
export const filesRefusals = [
  ...runRefusals,
  'INVALID_OPTIONS',
  'NOT_FINISHED',
  'QUEUE_FULL',
  'TIMED_OUT',
] as const satisfies ProblemCode[]
