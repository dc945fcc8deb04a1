import { type ProblemCode, problems } from '../../problems/catalogue.ts'
import { Refusal } from '../../problems/refusal.ts'
import type { Delivery } from '../delivery.ts'
import type { EventAnswer } from '../tool.ts'
import type { CvatResult } from './job-scores.ts'

/**
 * What CVAT is answered.
 *
 * @throws Refusal with a status of 5xx where a later try may succeed: CVAT repeats what it gets one for, and nothing else
 */
export function answerOf(delivery: Delivery & CvatResult): EventAnswer {
  const { id, outcome, detail = outcome, code, same_as, posted, job } = delivery
  const failure = failureOf(delivery)
  if (failure) throw new Refusal(failure, delivery.detail ?? problems[failure].title)
  return {
    status: 200,
    text: readable({
      summary: detail,
      outcome,
      ...(code && { code }),
      delivery: id,
      ...(same_as && { same_as }),
      ...(posted !== undefined && { issues_written: posted }),
      ...(job && { job }),
    }),
  }
}

/** The answer to an event whose result is not there before CVAT gives up. */
export function pendingAnswer(): EventAnswer {
  const summary = 'The job is being scored; GET /v1/hooks/deliveries will have the result.'
  return { status: 202, text: readable({ summary, outcome: 'accepted' }) }
}

/** What kept the event from being worked on, where it was not the event itself. */
function failureOf({ outcome, code }: Delivery): ProblemCode | undefined {
  if ((outcome !== 'failed' && outcome !== 'abandoned') || !code || !Object.hasOwn(problems, code))
    return undefined
  return problems[code as ProblemCode].status >= 500 ? (code as ProblemCode) : undefined
}

/** CVAT shows people the text it is answered. */
const readable = (value: object): string => `${JSON.stringify(value, null, 2)}\n`
