import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { openRaw, type Service, score, startService, stopServices, until } from './service.ts'

afterEach(stopServices)

const get = ({ url }: Service, path: string, init: RequestInit = {}) => fetch(`${url}${path}`, init)

/** Value of one line of the telemetry, named with its labels as Prometheus writes them. */
async function sample(service: Service, name: string): Promise<number> {
  const text = await (await get(service, '/metrics')).text()
  const line = text.split('\n').find((one) => one.startsWith(`${name} `))
  return Number(line?.slice(name.length))
}

describe('telemetry', () => {
  it('has the names that dashboards rely on, and counts what happened', async () => {
    const service = await startService()
    await score(service, {})
    await score(service, { end: 'refuse' })
    await get(service, '/nowhere/EVIL')
    const broken = openRaw(service)
    broken.socket.write('EVIL\r\n\r\n')
    await broken.whole
    await until(() => service.log.filter(({ msg }) => msg === 'request').length === 3)
    const text = await (await get(service, '/metrics')).text()
    const ours = [...text.matchAll(/^# TYPE ((?:http|maskscore)_\S+) (\S+)$/gm)].map(([, name, type]) => [
      name,
      type,
    ])
    expect(Object.fromEntries(ours)).toMatchObject({
      http_server_request_duration_seconds: 'histogram',
      maskscore_stage_duration_seconds: 'histogram',
      maskscore_scorings_total: 'counter',
      maskscore_refusals_total: 'counter',
      maskscore_workers: 'gauge',
      maskscore_workers_busy: 'gauge',
      maskscore_queue_depth: 'gauge',
      maskscore_receiving: 'gauge',
      maskscore_worker_restarts_total: 'counter',
      maskscore_pixels_total: 'counter',
    })
    const requests = 'http_server_request_duration_seconds_count'
    const labels = (method: string, route: string, status: number) =>
      `{http_request_method="${method}",http_route="${route}",http_response_status_code="${status}"}`
    expect(await sample(service, requests + labels('POST', '/v1/score', 200))).toBe(1)
    expect(await sample(service, requests + labels('POST', '/v1/score', 422))).toBe(1)
    expect(await sample(service, requests + labels('GET', 'none', 404))).toBe(1)
    for (const stage of ['receive', 'queue'])
      expect(await sample(service, `maskscore_stage_duration_seconds_count{stage="${stage}"}`)).toBe(2)
    for (const stage of ['decode', 'count', 'metrics', 'serialise'])
      expect(await sample(service, `maskscore_stage_duration_seconds_count{stage="${stage}"}`)).toBe(1)
    expect(await sample(service, 'maskscore_scorings_total{outcome="scored"}')).toBe(1)
    expect(await sample(service, 'maskscore_scorings_total{outcome="refused"}')).toBe(1)
    for (const code of ['CORRUPT', 'NOT_FOUND', 'MALFORMED_REQUEST'])
      expect(await sample(service, `maskscore_refusals_total{code="${code}"}`)).toBe(1)
    expect(await sample(service, 'maskscore_pixels_total')).toBe(5)
    expect(await sample(service, 'maskscore_workers')).toBe(1)
    expect(await sample(service, 'maskscore_worker_restarts_total')).toBe(0)
    expect(text).not.toContain('EVIL')
    expect(text).not.toMatch(/http_route="\/(livez|readyz|metrics)"/)
  })

  it('is served on a port of its own, and there alone, when one is set', async () => {
    const service = await startService({ TELEMETRY_PORT: '0' })
    expect((await get(service, '/metrics')).status).toBe(404)
    const { port } = service.log.find(({ msg }) => msg === 'telemetry') as { port: number }
    const own = `http://127.0.0.1:${port}`
    const answer = await fetch(`${own}/metrics`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      'text/plain; version=0.0.4; charset=utf-8',
    ])
    expect(await answer.text()).toContain('maskscore_workers 1')
    const head = await fetch(`${own}/metrics`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect((await fetch(`${own}/metrics`, { method: 'POST' })).status).toBe(405)
    expect((await fetch(`${own}/v1/capacity`)).status).toBe(404)
  })

  it('counts a call that killed its worker as failed', async () => {
    const service = await startService({ THREADS: '2', WORKER_MEMORY: '64MB' })
    const other = score(service, { ms: 400 })
    for (const end of ['exit', 'out of memory', 'throw'] as const) {
      const answer = await score(service, { end })
      const text = await answer.text()
      expect(answer.status).toBe(500)
      expect(JSON.parse(text)).toMatchObject({ code: 'INTERNAL' })
      expect(text).not.toMatch(/secret|exited|stand-in|\/test\//)
    }
    expect((await other).status).toBe(200)
    await until(() => service.app.pool.isWhole)
    expect((await get(service, '/readyz')).status).toBe(200)
    while ((await sample(service, 'maskscore_worker_restarts_total')) !== 2) await sleep(20)
    expect(await sample(service, 'maskscore_scorings_total{outcome="failed"}')).toBe(3)
    const errors = service.log.filter(({ level }) => level === 50)
    expect(errors.map(({ msg }) => msg)).toEqual(['request failed', 'a worker died', 'request failed'])
  })
})

describe('the log line of a request', () => {
  it('holds what an operator looks for, and has level info for a refusal as well', async () => {
    const service = await startService({ KEYS: `alice:${'a'.repeat(20)}` })
    const authorization = `Bearer ${'a'.repeat(20)}`
    await score(service, {}, { authorization, 'x-request-id': 'mine-1' })
    await score(service, { end: 'refuse' }, { authorization })
    await score(service, {}, { authorization: `Bearer ${'b'.repeat(20)}` })
    const lines = () => service.log.filter(({ msg }) => msg === 'request')
    await until(() => lines().length === 3)
    const [scored, refused, stranger] = lines()
    expect(scored).toMatchObject({
      level: 30,
      request_id: 'mine-1',
      method: 'POST',
      route: '/v1/score',
      status: 200,
      bytes: 2,
      client: 'alice',
      pixels: 5,
      decode_ms: 1,
      count_ms: 2,
      metrics_ms: 3,
      serialise_ms: 4,
      outcome: 'OK',
    })
    for (const time of ['receive_ms', 'queue_ms', 'total_ms']) expect(scored[time]).toBeGreaterThanOrEqual(0)
    expect(refused).toMatchObject({ level: 30, status: 422, outcome: 'CORRUPT' })
    expect(stranger).toMatchObject({ level: 30, status: 403, outcome: 'FORBIDDEN', bytes: 0 })
    expect(JSON.stringify(service.log)).not.toMatch(/a{20}|b{20}/)
  })
})

describe('keys', () => {
  it('may be several, named, and come from a file; probes and pages need none', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'))
    const file = join(folder, 'keys')
    writeFileSync(file, `alice:${'a'.repeat(20)}\nbob:${'b'.repeat(20)}\n`)
    const service = await startService({ KEYS_FILE: file })
    rmSync(folder, { recursive: true })
    const status = async (path: string, authorization?: string) =>
      (await get(service, path, authorization ? { headers: { authorization } } : {})).status
    expect(await status('/v1/capacity')).toBe(401)
    expect(await status('/v1/capacity', `Bearer ${'a'.repeat(20)}`)).toBe(200)
    expect(await status('/v1/capacity', `bearer ${'b'.repeat(20)}`)).toBe(200)
    for (const wrong of ['a'.repeat(19), 'a'.repeat(21), 'c'.repeat(20), 'alice', ''])
      expect(await status('/v1/capacity', `Bearer ${wrong}`)).toBeOneOf([401, 403])
    expect(await status('/metrics')).toBe(401)
    for (const open of ['/livez', '/readyz', '/docs', '/openapi.json', '/openapi.yaml', '/'])
      expect(await status(open), open).toBe(200)
    const asked = await get(service, '/v1/capacity')
    expect(asked.headers.get('www-authenticate')).toBe('Bearer')
  })

  it('are checked before a body is read or a ticket taken', async () => {
    const service = await startService({ KEYS: `alice:${'a'.repeat(20)}` })
    const { socket, received } = openRaw(service)
    socket.write(
      'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 99\r\n\r\n',
    )
    await until(() => received().includes('HTTP/1.1 401'))
    expect(service.app.admitted.tickets).toBe(0)
  })
})

describe('the rate limit', () => {
  it('refuses one client with RATE_LIMITED and a Retry-After, and no probe', async () => {
    const [a, b] = ['a'.repeat(20), 'b'.repeat(20)].map((key) => ({ authorization: `Bearer ${key}` }))
    const service = await startService({
      RATE_LIMIT: '2/1min',
      KEYS: `alice:${'a'.repeat(20)},bob:${'b'.repeat(20)}`,
    })
    for (let i = 0; i < 2; i++) expect((await score(service, {}, a)).status).toBe(200)
    const refused = await score(service, {}, a)
    expect(await refused.json()).toMatchObject({ status: 429, code: 'RATE_LIMITED' })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect((await score(service, {}, b)).status).toBe(200)
    for (let i = 0; i < 5; i++) expect((await get(service, '/readyz')).status).toBe(200)
  })
})

describe('CORS', () => {
  const origin = 'https://tool.example'
  it('answers the listed origins alone, and leaves unknown addresses unknown', async () => {
    const service = await startService({ CORS_ORIGINS: origin, KEYS: `alice:${'a'.repeat(20)}` })
    const preflight = await get(service, '/v1/score', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    })
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, origin])
    const stranger = await get(service, '/livez', { headers: { origin: 'https://evil.example' } })
    expect(stranger.headers.get('access-control-allow-origin')).not.toBe('https://evil.example')
    expect((await get(service, '/nowhere')).status).toBe(404)
    expect((await get(service, '/v1/score')).status).toBe(405)
  })

  it('is off by default, and pages carry helmet’s headers', async () => {
    const service = await startService()
    const answer = await get(service, '/livez', { headers: { origin } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

describe('shedding', () => {
  it('refuses new work while memory is short; probes and the rest are answered', async () => {
    const service = await startService({ MAX_MEMORY: '200MB' })
    // More than that, and touched, so that it is resident.
    const ballast = Buffer.alloc(220 * 2 ** 20, 1)
    let answer = await score(service, {})
    while (answer.status === 200) answer = await score(service, {})
    expect(await answer.json()).toMatchObject({ status: 503, code: 'OVERLOADED' })
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    expect((await get(service, '/readyz')).status).toBe(200)
    expect((await get(service, '/v1/capacity')).status).toBe(200)
    expect(service.app.admitted.tickets).toBe(0)
    expect(ballast[0]).toBe(1)
  })

  it('refuses new work while the event loop lags, and admits it again afterwards', async () => {
    const service = await startService({ MAX_EVENT_LOOP_DELAY: '50ms' })
    let isLagging = true
    const lag = setInterval(() => {
      const end = performance.now() + 120
      while (isLagging && performance.now() < end);
    }, 1)
    let answer = await score(service, {})
    while (answer.status === 200) answer = await score(service, {})
    expect(await answer.json()).toMatchObject({ status: 503, code: 'OVERLOADED' })
    isLagging = false
    clearInterval(lag)
    while (answer.status !== 200) {
      await sleep(50)
      answer = await score(service, {})
    }
  })
})

describe('capacity', () => {
  it('counts the waiting requests, also while work goes on whose request has ended', async () => {
    const service = await startService()
    const gone = openRaw(service)
    gone.socket.write(
      'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n{"ms":500}',
    )
    await until(() => service.app.pool.statistics.busy === 1)
    gone.socket.destroy()
    await until(() => service.app.admitted.tickets === 0)
    const waiting = [score(service, {}), score(service, {})]
    await until(() => service.app.pool.statistics.queued === 2)
    expect(await (await get(service, '/v1/capacity')).json()).toEqual({
      workers: 1,
      busy: 1,
      queued: 2,
      queue_limit: 2,
      receiving: 0,
    })
    await Promise.all(waiting)
  })
})
