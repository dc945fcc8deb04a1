import type { components } from '../../../../clients/typescript/src/types.ts'

/** Answers of the service, as the contract has them: `npm run docs` writes these types. */
type Schemas = components['schemas']

export type Report = Schemas['Report']
export type Problem = Schemas['Problem']
export type Evaluation = Schemas['Evaluation']
export type Item = Schemas['Item']
export type Histogram = Schemas['Histogram']
export type Confusion = NonNullable<Schemas['Confusion']>
