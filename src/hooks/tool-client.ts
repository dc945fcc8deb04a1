import { unescape as unescapeText } from 'node:querystring'
import { setTimeout as sleep } from 'node:timers/promises'
import { Refusal } from '../problems/refusal.ts'
import { readLimited } from './read-limited.ts'

/** Gives the `Authorization` header; `renew` says that the last one was not accepted. */
export type Authorization = (renew: boolean, signal: AbortSignal) => Promise<string>

export interface ToolClientOptions {
  /** For messages: "CVAT". */
  readonly tool: string
  /** Where every request goes, whatever a payload says. User and password in it are sent as HTTP Basic. */
  readonly baseUrl: string
  /** Instead of those. */
  readonly authorization?: Authorization | undefined
  readonly accept?: string
  /** Bytes of one answer. */
  readonly maxBytes: number
  /** Time of one try. */
  readonly timeoutMs: number
  /** Waits before the second, third, … try. */
  readonly retryDelaysMs: readonly number[]
}

type Method = 'GET' | 'POST' | 'PATCH'

/** One try: an answer, or why there was none. */
type Try =
  | { readonly status: number; readonly bytes: Uint8Array; readonly retryAfterMs: number }
  | { readonly failure: string; readonly wasSent: boolean }

const maxRetryAfterMs = 10_000

/**
 * Speaks to one labeling tool, at its configured address alone: paths are joined to that address and no redirect
 * is followed, so a token never goes anywhere else. Bounded in time and size; tries again when the tool is not
 * there, overloaded or broken, but never repeats a write that may have been done.
 *
 * @throws Refusal TOOL_UNREACHABLE, TOOL_REFUSED, TOOL_ANSWER, or the signal's reason
 */
export class ToolClient {
  readonly #options: ToolClientOptions
  readonly #base: string
  readonly #authorization: Authorization | undefined

  constructor(options: ToolClientOptions) {
    this.#options = options
    const url = new URL(options.baseUrl)
    this.#base = `${url.origin}${url.pathname}`.replace(/\/+$/, '')
    this.#authorization = options.authorization ?? basicOf(url)
  }

  /** The answer's bytes. */
  async get(path: string, signal: AbortSignal): Promise<Uint8Array> {
    return accepted(await this.#request('GET', path, undefined, signal), this.#subject('GET', path))
  }

  /** As `get`, and undefined where the tool has nothing at that address, or nothing that this token may see. */
  async find(path: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const answer = await this.#request('GET', path, undefined, signal)
    return answer.status === 404 || answer.status === 403
      ? undefined
      : accepted(answer, this.#subject('GET', path))
  }

  async send(method: 'POST' | 'PATCH', path: string, body: object, signal: AbortSignal): Promise<Uint8Array> {
    return accepted(await this.#request(method, path, body, signal), this.#subject(method, path))
  }

  #subject(method: Method, path: string): string {
    return `${this.#options.tool} (${method} ${path.split('?', 1)[0]})`
  }

  async #request(method: Method, path: string, body: object | undefined, signal: AbortSignal) {
    const { retryDelaysMs } = this.#options
    let renew = false
    for (let tries = 0; ; tries++) {
      const header = await this.#authorization?.(renew, signal)
      const tried = await this.#try(method, path, body, header, signal)
      if ('status' in tried && tried.status === 401 && this.#authorization && !renew) {
        renew = true
        tries--
        continue
      }
      if (!mayHelpToRepeat(tried, method) || tries >= retryDelaysMs.length) {
        if ('status' in tried && tried.status < 500 && tried.status !== 429) return tried
        const why = 'status' in tried ? `answered ${tried.status}` : tried.failure
        throw new Refusal('TOOL_UNREACHABLE', `${this.#subject(method, path)} ${why}.`)
      }
      const retryAfterMs = 'status' in tried ? tried.retryAfterMs : 0
      await sleep(Math.max(retryDelaysMs[tries], retryAfterMs), undefined, { signal }).catch(() =>
        signal.throwIfAborted(),
      )
    }
  }

  async #try(
    method: Method,
    path: string,
    body: object | undefined,
    authorization: string | undefined,
    signal: AbortSignal,
  ): Promise<Try> {
    const { accept = 'application/json', maxBytes, timeoutMs } = this.#options
    const limit = AbortSignal.timeout(timeoutMs)
    let wasSent = true
    try {
      const response = await fetch(this.#base + path, {
        method,
        redirect: 'manual',
        signal: AbortSignal.any([signal, limit]),
        headers: {
          accept,
          ...(authorization && { authorization }),
          ...(body && { 'content-type': 'application/json' }),
        },
        ...(body && { body: JSON.stringify(body) }),
      })
      const bytes = await readLimited(response, maxBytes, this.#subject(method, path))
      const seconds = Number(response.headers.get('retry-after') ?? 0)
      const retryAfterMs = seconds > 0 ? Math.min(seconds * 1000, maxRetryAfterMs) : 0
      return { status: response.status, bytes, retryAfterMs }
    } catch (error) {
      if (error instanceof Refusal) throw error
      signal.throwIfAborted()
      if (limit.aborted) return { failure: `did not answer within ${timeoutMs} ms`, wasSent }
      const { code } = ((error as Error).cause ?? error) as NodeJS.ErrnoException
      wasSent = !['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(code ?? '')
      return { failure: `cannot be reached${code ? ` (${code})` : ''}`, wasSent }
    }
  }
}

/** HTTP Basic by the user and password of an address, where it has any: `fetch` takes no such address. */
function basicOf({ username, password }: URL): Authorization | undefined {
  if (username === '' && password === '') return undefined
  const credentials = `${unescapeText(username)}:${unescapeText(password)}`
  const header = `Basic ${Buffer.from(credentials).toString('base64')}`
  return async () => header
}

/** Whether requests to the address can be authorised. */
export const isAuthorised = (baseUrl: string | undefined, token: string | undefined): baseUrl is string =>
  baseUrl !== undefined && (token !== undefined || basicOf(new URL(baseUrl)) !== undefined)

/** Reads may always be repeated; a write only where it is certain that nothing was done. */
function mayHelpToRepeat(tried: Try, method: Method): boolean {
  if ('failure' in tried) return method === 'GET' || !tried.wasSent
  if (tried.status === 429 || tried.status === 503) return true
  return tried.status >= 500 && method === 'GET'
}

function accepted(answer: { status: number; bytes: Uint8Array }, subject: string): Uint8Array {
  const { status, bytes } = answer
  if (status >= 200 && status < 300) return bytes
  if (status >= 300 && status < 400)
    throw new Refusal('TOOL_ANSWER', `${subject} wants to redirect (${status}); redirects are not followed.`)
  throw new Refusal('TOOL_REFUSED', `${subject} answered ${status}.`)
}
