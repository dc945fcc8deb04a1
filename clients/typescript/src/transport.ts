import { type Problem, problemOf, Unreachable } from './problem.ts'

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

/** An answer that has arrived whole. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly bytes: ArrayBuffer
  readonly text: () => string
}

/** Statuses after which the same request may succeed. */
const passing = [429, 502, 503, 504]
/** What Node's fetch calls waits of minutes: the next try would take as long. */
const timeouts = ['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']

/**
 * Sends a request, and sends it again where that can help. Every call may be repeated: scoring changes nothing, and what
 * begins an evaluation carries an Idempotency-Key.
 *
 * @throws Problem for a refusal, Unreachable when there is no answer after all tries, or that of something else, and the signal's
 *   reason
 */
export async function send(
  options: TransportOptions,
  method: string,
  path: string,
  { body, headers, signal }: Sent = {},
): Promise<Answer> {
  const url = `${options.baseUrl}${path}`
  const authorization = options.key === undefined ? {} : { authorization: `Bearer ${options.key}` }
  const init: RequestInit = {
    method,
    headers: new Headers({ accept: 'application/json', ...authorization, ...headers }),
    // Following a redirect could send masks to somebody else, or turn the call into another one.
    redirect: 'manual',
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
  }
  for (let tries = 0; ; tries++) {
    const answer = await once(options.fetch, url, init, tries >= options.retries)
    let waitMs = backoffMs(tries)
    if (answer) {
      refuseOthers(answer, url, options.baseUrl, path)
      if (answer.status < 300 || answer.status === 304) return answer
      const problem = problemOf(answer)
      waitMs = waitOf(problem, tries, options)
      if (waitMs < 0) throw problem
    }
    await pause(waitMs, signal)
  }
}

/** Undefined when there was no connection, or it broke, and this is not the last try. */
async function once(
  fetched: typeof fetch,
  url: string,
  init: RequestInit,
  isLast: boolean,
): Promise<Answer | undefined> {
  try {
    const response = await fetched(url, init)
    if (response.type === 'opaqueredirect')
      throw new Unreachable(`${url} redirects elsewhere: give the client the address it leads to.`)
    const bytes = await response.arrayBuffer()
    const text = () => new TextDecoder().decode(bytes)
    return { status: response.status, headers: response.headers, bytes, text }
  } catch (error) {
    // `fetch` throws a TypeError when there is no connection.
    if (!(error instanceof TypeError)) throw error
    const { code = '', message = error.message } = (error.cause ?? {}) as { code?: string; message?: string }
    if (!isLast && !timeouts.includes(code)) return undefined
    throw new Unreachable(`${url} does not answer: ${message || code}. Does maskscore run there?`, {
      cause: error,
    })
  }
}

/** @throws Unreachable for a redirect, and for a page where none was asked for */
function refuseOthers({ status, headers, text }: Answer, url: string, baseUrl: string, path: string): void {
  if (status >= 300 && status < 400 && status !== 304)
    throw new Unreachable(`${url} redirects to ${headers.get('location')}: give the client that address.`)
  const isPage = /text\/html/.test(headers.get('content-type') ?? '') && !path.includes('.html')
  if (status < 300 && isPage)
    throw new Unreachable(
      `${url} answers a page: is ${baseUrl} the address of maskscore? It begins: ${text().slice(0, 200)}`,
    )
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
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
