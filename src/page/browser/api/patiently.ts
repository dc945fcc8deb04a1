import { ServiceProblem } from './ask.ts'
import { problemOf, type ShownProblem } from './shown-problem.ts'

const firstSeconds = 1
const mostSeconds = 15

/**
 * Asks until there is an answer: a service that starts anew, or a line that is down, is no reason to give up.
 * @param tell gets why there is none yet, with the seconds until it is asked again; undefined once there is one
 * @throws ServiceProblem where asking again does not help, DOMException where `signal` ends it
 */
export async function patiently<Answer>(
  ask: () => Promise<Answer>,
  tell: (problem: ShownProblem | undefined) => void,
  signal: AbortSignal,
): Promise<Answer> {
  for (let seconds = firstSeconds; ; seconds = Math.min(2 * seconds, mostSeconds)) {
    try {
      const answer = await ask()
      if (seconds > firstSeconds) tell(undefined)
      return answer
    } catch (error) {
      if (signal.aborted || !isPassing(error)) throw error
      const shown = problemOf(error)
      const retryAfter = Math.max(seconds, shown.retryAfter ?? 0)
      tell({ ...shown, problem: { ...shown.problem, remedy: 'The page asks again by itself.' }, retryAfter })
      await pause(retryAfter, signal)
    }
  }
}

/** Whether a failure may be over by itself. */
export const isPassing = (error: unknown): boolean =>
  error instanceof TypeError ||
  (error instanceof ServiceProblem && [429, 502, 503, 504].includes(error.problem.status))

/** @throws DOMException as soon as `signal` ends it */
const pause = (seconds: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end)
      resolve()
    }, 1000 * seconds)
    signal.addEventListener('abort', end, { once: true })
  })
