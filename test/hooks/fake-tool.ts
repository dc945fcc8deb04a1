import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export interface Answer {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly json?: unknown
  /** In place of JSON. */
  readonly bytes?: Uint8Array
}

/** A labeling tool's API on a free port of the loopback: what a test says it answers, and everything it was asked. */
export class FakeTool {
  readonly seen: Seen[] = []
  /** Answers to give first, in place of the API's own: a tool that fails a while. */
  readonly instead: Answer[] = []
  delayMs = 0
  /** Takes a request and hangs up without an answer. */
  isAway = false
  url = ''
  readonly #server: Server
  readonly #rejected = new Map<string, number>()
  readonly #muddled = new Set<string>()

  constructor(api: (request: Seen) => Answer) {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk)
      const text = Buffer.concat(chunks).toString()
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake')
      const seen: Seen = {
        method: request.method ?? '',
        path: pathname,
        query: searchParams,
        headers: request.headers,
        body: text ? JSON.parse(text) : undefined,
      }
      this.seen.push(seen)
      if (this.isAway) {
        request.socket.destroy()
        return
      }
      if (this.delayMs > 0) await sleep(this.delayMs)
      const rejected = this.#rejected.get(`${seen.method} ${seen.path}`)
      const instead = rejected ? { status: rejected } : this.instead.shift()
      const answer = instead ?? api(seen)
      const isMuddled = this.#muddled.delete(`${seen.method} ${seen.path}`)
      const { status = 200, headers = {}, json, bytes }: Answer = isMuddled ? { status: 500 } : answer
      response.writeHead(status, { 'content-type': 'application/json', ...headers })
      response.end(bytes ?? (json === undefined ? '' : JSON.stringify(json)))
    })
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    return this
  }

  reset(): void {
    this.seen.length = 0
    this.instead.length = 0
    this.delayMs = 0
    this.isAway = false
    this.#rejected.clear()
    this.#muddled.clear()
  }

  /** Answers one call again as its API does. */
  accept(method: string, path: string): void {
    this.#rejected.delete(`${method} ${path}`)
  }

  /** Does what the next such call asks for, and answers 500 all the same. */
  muddle(method: string, path: string): void {
    this.#muddled.add(`${method} ${path}`)
  }

  /** Answers one call with a status until it is reset. */
  reject(method: string, path: string, status: number): void {
    this.#rejected.set(`${method} ${path}`, status)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  asked(method: string, path: string): Seen[] {
    return this.seen.filter((one) => one.method === method && one.path === path)
  }
}
