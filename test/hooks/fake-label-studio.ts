import { FakeTool, type Seen } from './fake-tool.ts'

export const refreshToken = jwt({ token_type: 'refresh' })
export const legacyToken = '0123456789abcdef0123456789abcdef01234567'

/** As much of a JWT as a client can see. */
function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`
}

/**
 * Label Studio as its API documents it: a personal access token is exchanged for an access token that ends, tasks
 * come with annotations and predictions, predictions are created and changed.
 */
export class FakeLabelStudio {
  readonly tasks = new Map<number, Record<string, unknown>>()
  readonly predictions: Record<string, unknown>[] = []
  accessTtlSeconds = 300
  #access: string | undefined
  #exchanges = 0
  readonly tool = new FakeTool((request) => this.#answer(request))

  /** As new, at the same address. */
  reset(): void {
    this.tool.reset()
    this.tasks.clear()
    this.predictions.length = 0
    this.accessTtlSeconds = 300
    this.#exchanges = 0
  }

  /** The access token in use is no longer accepted. */
  expire(): void {
    this.#access = undefined
  }

  get exchanges(): number {
    return this.#exchanges
  }

  #answer(request: Seen) {
    const { method, path } = request
    const body = request.body as Record<string, unknown>
    if (method === 'POST' && path === '/api/token/refresh/') {
      if (body.refresh !== refreshToken) return { status: 401, json: { detail: 'Token is invalid' } }
      this.#exchanges++
      const exp = Math.floor(Date.now() / 1000) + this.accessTtlSeconds
      this.#access = jwt({ token_type: 'access', exp, jti: this.#exchanges })
      return { json: { access: this.#access } }
    }
    const { authorization } = request.headers
    if (authorization !== `Token ${legacyToken}` && authorization !== `Bearer ${this.#access}`)
      return { status: 401, json: { detail: 'Authentication credentials were not provided.' } }
    const [, kind, id] = /^\/api\/(tasks|predictions)\/(?:(\d+)\/)?$/.exec(path) ?? []
    if (method === 'GET' && kind === 'tasks' && this.tasks.has(Number(id)))
      return { json: this.tasks.get(Number(id)) }
    if (method === 'POST' && kind === 'predictions' && id === undefined) {
      this.predictions.push({ id: this.predictions.length + 1, ...body })
      return { status: 201, json: this.predictions.at(-1) }
    }
    const known = this.predictions.find((one) => one.id === Number(id))
    if (method === 'PATCH' && kind === 'predictions' && known) return { json: Object.assign(known, body) }
    return { status: 404, json: { detail: 'Not found.' } }
  }
}
