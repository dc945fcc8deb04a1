import { type Problem, problemOf } from './problem.ts'

export interface TransportOptions {
  /** Where the service is; the page's own address in a browser that was served by it. */
  readonly baseUrl: string
  /** One of the keys that the operator gave. */
  readonly key?: string
  /** How often a request is sent again when the service has no room or is not there. */
  readonly retries: number
  /** Seconds that `Retry-After` may ask for at most; a longer wait is a problem at once. */
  readonly longestWait: number
  readonly fetch: typeof fetch
}

export interface Sent {
  readonly body?: FormData | string
  readonly headers?: Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
}

/** Statuses after which the same request may succeed. */
const passing = [429, 502, 503, 504]

/**
 * Sends a request, and sends it again where that can help. Every call may be repeated: scoring changes nothing, and what
 * begins an evaluation carries an Idempotency-Key.
 *
 * @throws Problem for a refusal, what `fetch` throws when there is no answer after all tries, and the signal's reason
 */
export async function send(
  options: TransportOptions,
  method: string,
  path: string,
  { body, headers, signal }: Sent = {},
): Promise<Response> {
  const url = `${options.baseUrl.replace(/\/+$/, '')}${path}`
  const authorization = options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json', ...authorization, ...headers },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  }
  for (let tries = 0; ; tries++) {
    let waitMs = backoffMs(tries)
    try {
      const response = await options.fetch(url, init)
      if (
        response.ok &&
        /text\/html/.test(response.headers.get('content-type') ?? '') &&
        !path.includes('.html')
      )
        throw new Error(`${url} answers a page: is ${options.baseUrl} the address of maskscore?`)
      if (response.ok || response.status === 304) return response
      const problem = await problemOf(response)
      waitMs = waitOf(problem, tries, options)
      if (waitMs < 0) throw problem
    } catch (error) {
      // `fetch` throws a TypeError when there is no connection.
      if (!(error instanceof TypeError) || tries >= options.retries) throw error
    }
    await pause(waitMs, signal)
  }
}

/** Milliseconds to wait before the next try; negative when there is none. */
function waitOf({ status, retryAfter }: Problem, tries: number, options: TransportOptions): number {
  if (!passing.includes(status) || tries >= options.retries) return -1
  if (retryAfter === undefined) return backoffMs(tries)
  return retryAfter > options.longestWait ? -1 : retryAfter * 1000
}

/** Half of it by chance, so that many clients do not come back at the same moment. */
function backoffMs(tries: number): number {
  const longest = Math.min(8000, 250 * 2 ** tries)
  return longest / 2 + (Math.random() * longest) / 2
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const timer = setTimeout(resolve, ms)
    signal?.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        reject(signal.reason)
      },
      { once: true },
    )
  })
}
