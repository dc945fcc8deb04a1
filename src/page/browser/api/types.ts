import type { components } from '../../../../clients/typescript/src/types.ts'

/** Answers of the service, as the contract has them: `npm run docs` writes these types. */
type Schemas = components['schemas']

export type Report = Schemas['Report']
export type Problem = Schemas['Problem']
