import { ServiceProblem } from './ask.ts'
import { LostFile } from './chosen-files.ts'
import type { Problem } from './types.ts'

/** A problem, how many seconds the service asks to wait, and whether asking once more can help. */
export interface ShownProblem {
  readonly problem: Problem
  readonly retryAfter: number | undefined
  readonly canRetry: boolean
}

/** What a call failed with, to be shown. */
export function problemOf(error: unknown): ShownProblem {
  if (error instanceof ServiceProblem)
    return { problem: error.problem, retryAfter: error.retryAfter, canRetry: true }
  if (error instanceof LostFile) return wrongFiles(`${error.message}.`, 'Drop it again.')
  if (error instanceof TypeError) return localProblem(`The service cannot be reached: ${error.message}.`)
  if (error instanceof SyntaxError)
    return localProblem('The answer is cut short, or was given by something before the service.')
  return localProblem(`The page failed: ${(error as Error).message}.`)
}

/** What went wrong before or behind the service, in the form of its problems. */
const localProblem = (
  detail: string,
  remedy = 'Try again; if it persists, load the page again.',
): ShownProblem => ({
  problem: {
    type: 'about:blank',
    title: 'This did not work',
    status: 500,
    detail,
    code: 'INTERNAL',
    remedy,
    request_id: '',
    errors: [],
  },
  retryAfter: undefined,
  canRetry: true,
})

/** What was dropped or chosen is not what a screen can take; asking once more does not help. */
export const wrongFiles = (detail: string, remedy: string): ShownProblem => ({
  problem: {
    ...localProblem(detail, remedy).problem,
    title: 'These files do not fit here',
    status: 400,
    code: 'MISSING_PART',
  },
  retryAfter: undefined,
  canRetry: false,
})

/** What the service tells of something it did earlier, as a run that failed or an image of one: it stays as it is. */
export const toldProblem = (
  title: string,
  { code, detail, remedy }: { readonly code: string; readonly detail: string; readonly remedy: string },
): ShownProblem => ({
  problem: {
    ...localProblem(detail, remedy).problem,
    type: `/problems/${code}`,
    title,
    code: code as Problem['code'],
  },
  retryAfter: undefined,
  canRetry: false,
})

/** What somebody ended who waited. */
export const cancelled: ShownProblem = {
  problem: {
    ...localProblem('The masks were not scored, because it was cancelled.').problem,
    title: 'Cancelled',
    status: 499,
    code: 'CLIENT_GONE',
    remedy: 'Try again, or choose other masks.',
  },
  retryAfter: undefined,
  canRetry: true,
}
