import { accessKey } from '../address/access-key.ts'
import type { Problem } from './types.ts'

/** A refusal of the service, as it words it. */
export class ServiceProblem extends Error {
  readonly problem: Problem
  /** Seconds after which to try again, where the service says so. */
  readonly retryAfter: number | undefined

  constructor(problem: Problem, retryAfter: number | undefined) {
    super(problem.detail)
    this.problem = problem
    this.retryAfter = retryAfter
  }
}

/**
 * One call of the service, with the key that was given; also answers that nothing has changed (304).
 * @throws ServiceProblem for a refusal, TypeError where the service cannot be reached, DOMException where its signal ends it
 */
export async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  return answered(await fetch(address, { ...init, headers: { ...keyHeader(), ...init.headers } }))
}

/** @throws ServiceProblem unless the call succeeded, or what is known is still true */
export async function answered(response: Response): Promise<Response> {
  if (response.ok || response.status === 304) return response
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json')
  // Of a problem that a proxy words, parts may be missing.
  const problem = { ...fromElsewhere(response), ...(isProblem && ((await response.json()) as Problem)) }
  throw new ServiceProblem(problem, secondsIn(response.headers.get('retry-after')))
}

/** The JSON that a call answers. */
export const askJson = async <Answer>(address: string, signal?: AbortSignal): Promise<Answer> =>
  (await ask(address, signal ? { signal } : {})).json() as Promise<Answer>

/** A header with the key, where there is one. */
export const keyHeader = (): Readonly<Record<string, string>> =>
  accessKey.value ? { authorization: `Bearer ${accessKey.value}` } : {}

const secondsIn = (header: string | null): number | undefined =>
  header !== null && Number.isFinite(Number(header)) ? Number(header) : undefined

/** What a proxy answers in the place of the service. */
const fromElsewhere = ({ status, statusText }: Response): Problem => ({
  type: 'about:blank',
  title: `The answer has status ${status}`,
  status,
  detail: `What answered is not the service but something before it: ${status} ${statusText}.`,
  code: 'INTERNAL',
  remedy: 'Try again; if it persists, ask who runs the proxy.',
  request_id: '',
  errors: [],
})
