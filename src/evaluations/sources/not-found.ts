import { Refusal } from '../../problems/refusal.ts'

/** @param what such as "no folder" */
export const notFound = (what: string, path: string): Refusal =>
  new Refusal('NOT_FOUND', `There is ${what} ${JSON.stringify(path)}.`).advising(
    'Check the path; what is relative starts at the folder where the command runs.',
  )
