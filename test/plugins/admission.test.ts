import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { openRaw, parseAnswer, type Service, score, startService, stopServices, until } from './service.ts'

afterEach(stopServices)

const head = (length: number | string, more = '') =>
  `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${more}\r\n`

const isIdle =
  ({ app }: Service) =>
  () =>
    app.admitted.tickets === 0 && app.pool.statistics.busy === 0

describe('admission', () => {
  it('answers QUEUE_FULL at once when the queue is full, and answers all that it has admitted', async () => {
    const service = await startService()
    const taken = Array.from({ length: 3 }, () => score(service, { ms: 300 }))
    await until(() => service.app.admitted.tickets === 3)
    const refused = await score(service, {})
    expect(refused.status).toBe(503)
    expect(await refused.json()).toMatchObject({ code: 'QUEUE_FULL', status: 503 })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    const capacity = await fetch(`${service.url}/v1/capacity`)
    expect(await capacity.json()).toEqual({
      workers: 1,
      busy: 1,
      queued: 2,
      queue_limit: 2,
      receiving: 0,
    })
    expect((await Promise.all(taken)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
  })

  it('answers each admitted request with its own answer and refuses the rest, under ten times what it can take', async () => {
    const service = await startService({ THREADS: '2', QUEUE_LIMIT: '4' })
    const probes: Promise<Response>[] = []
    const probing = setInterval(() => probes.push(fetch(`${service.url}/readyz`)), 10)
    const asked = Array.from({ length: 60 }, (_, i) => score(service, { ms: 150, answerBytes: 100 + i }))
    const answers = await Promise.all(asked)
    clearInterval(probing)
    const taken = await Promise.all(
      answers.map(async (answer, i) => {
        const text = await answer.text()
        if (answer.status === 200) expect(text).toHaveLength(100 + i)
        else {
          expect(JSON.parse(text)).toMatchObject({ status: 503, code: 'QUEUE_FULL' })
          expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
        }
        return answer.status === 200
      }),
    )
    expect(taken.filter(Boolean).length).toBeGreaterThanOrEqual(6)
    expect(taken.filter(Boolean).length).toBeLessThan(60)
    expect(new Set((await Promise.all(probes)).map(({ status }) => status))).toEqual(new Set([200]))
    await until(isIdle(service))
    expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
    expect((await score(service, {})).status).toBe(200)
  })

  it('computes Retry-After from the measured service time and the tickets', async () => {
    const service = await startService()
    await score(service, { ms: 1500 })
    const taken = Array.from({ length: 3 }, () => score(service, { ms: 300 }))
    await until(() => service.app.admitted.tickets === 3)
    const refused = await score(service, {})
    // A mean of about 1.5 s for each of three tickets on one worker.
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(4)
    await Promise.all(taken)
  })

  it('gives the place of a sender that vanishes while sending to the next', async () => {
    const service = await startService({ RECEIVE_LIMIT: '3' })
    const vanishing = Array.from({ length: 3 }, () => openRaw(service))
    for (const { socket } of vanishing) socket.write(`${head(1000)}half a bo`)
    await until(() => service.app.admitted.bytes === 27)
    expect(service.app.receiving).toBe(3)
    expect(service.app.admitted.tickets).toBe(0)
    for (const { socket } of vanishing) socket.destroy()
    await until(() => service.app.receiving === 0)
    expect(service.app.admitted.bytes).toBe(0)
    expect((await score(service, {})).status).toBe(200)
    const gone = service.log.filter(({ outcome }) => outcome === 'CLIENT_GONE')
    expect(gone.map(({ status }) => status)).toEqual([499, 499, 499])
  })

  it('takes a sender that vanishes while waiting out of the queue', async () => {
    const service = await startService()
    const busy = score(service, { ms: 300 })
    await until(() => service.app.pool.statistics.busy === 1)
    const waiting = openRaw(service)
    waiting.socket.write(`${head(2)}{}`)
    await until(() => service.app.pool.statistics.queued === 1)
    waiting.socket.destroy()
    await until(() => service.app.pool.statistics.queued === 0)
    await busy
  })

  it('never takes a worker for a body that has not arrived', async () => {
    const service = await startService()
    const slow = openRaw(service)
    slow.socket.write(`${head(1000)}{`)
    await until(() => service.app.receiving === 1)
    expect(service.app.pool.statistics.busy).toBe(0)
    expect((await score(service, {})).status).toBe(200)
    slow.socket.destroy()
  })

  it('ends a body that stops arriving with RECEIVE_TIMEOUT', async () => {
    const service = await startService({ RECEIVE_TIMEOUT: '200ms' })
    const slow = openRaw(service)
    slow.socket.write(`${head(2 ** 21)}{`)
    const { status, json, head: headers } = parseAnswer(await slow.whole)
    expect({ status, code: json.code }).toEqual({ status: 408, code: 'RECEIVE_TIMEOUT' })
    expect(headers.toLowerCase()).toContain('connection: close')
    await until(isIdle(service))
  })

  it('ends a body that arrives too slowly with RECEIVE_TIMEOUT, long before the deadline', async () => {
    const service = await startService({ MIN_RECEIVE_RATE: '1KB', RECEIVE_TIMEOUT: '10min' })
    const slow = openRaw(service)
    slow.socket.write(head(2 ** 21))
    const drip = setInterval(() => slow.socket.write('x'), 100)
    const { json } = parseAnswer(await slow.whole)
    clearInterval(drip)
    expect(json.code).toBe('RECEIVE_TIMEOUT')
    expect(json.detail).toContain('1024 bytes a second')
  })

  it('refuses by Content-Length before anything is read, even while the sender goes on', async () => {
    const service = await startService({ MAX_FILE_BYTES: '1MB', MAX_REQUEST_BYTES: '2MB' })
    const large = openRaw(service)
    large.socket.write(head(3 * 2 ** 20))
    const flood = setInterval(() => large.socket.write(Buffer.alloc(2 ** 16)), 1)
    await until(() => large.received().includes('\r\n\r\n{'))
    clearInterval(flood)
    const { status, json } = parseAnswer(large.received())
    expect({ status, code: json.code }).toEqual({ status: 413, code: 'INPUT_TOO_LARGE' })
    large.socket.destroy()
  })

  it('refuses a body of unknown length once it passes the limit', async () => {
    const service = await startService({ MAX_FILE_BYTES: '1KB', MAX_REQUEST_BYTES: '2KB' })
    const { socket, whole } = openRaw(service)
    socket.write(
      'POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n',
    )
    socket.write(`c00\r\n${' '.repeat(0xc00)}\r\n`)
    expect(parseAnswer(await whole).json.code).toBe('INPUT_TOO_LARGE')
  })

  it('bounds the bodies of all requests together', async () => {
    const service = await startService({
      MAX_FILE_BYTES: '1MB',
      MAX_REQUEST_BYTES: '1MB',
      MAX_BUFFERED_BYTES: '1MB',
    })
    const first = openRaw(service)
    first.socket.write(`${head(900_001)}${' '.repeat(900_000)}`)
    await until(() => service.app.admitted.bytes === 900_000)
    const { socket, received } = openRaw(service)
    socket.write(head(300_000))
    await until(() => received().includes('\r\n\r\n{'))
    expect(parseAnswer(received()).json).toMatchObject({ status: 503, code: 'OVERLOADED' })
    first.socket.destroy()
    socket.destroy()
    await until(() => service.app.admitted.bytes === 0)
  })

  it('answers TIMED_OUT when the work takes too long, and the thread goes on to its end', async () => {
    const service = await startService({ REQUEST_TIMEOUT: '150ms' })
    const answer = await score(service, { ms: 250 })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'TIMED_OUT' })
    expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/)
    await until(isIdle(service))
    expect(service.app.pool.statistics.restarts).toBe(0)
  })

  it('keeps nothing of a thousand aborted uploads', async () => {
    const service = await startService({ QUEUE_LIMIT: '100' })
    for (let round = 0; round < 20; round++) {
      const uploads = Array.from({ length: 50 }, () => openRaw(service))
      for (const { socket } of uploads) socket.write(`${head(100_000)}${'x'.repeat(1000)}`)
      await until(() => service.app.receiving > 0)
      await sleep(5)
      for (const { socket } of uploads) socket.destroy()
      await Promise.all(uploads.map(({ closed }) => closed))
    }
    await until(() => service.app.receiving === 0 && isIdle(service)())
    expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
    const connections = () =>
      new Promise<number>((resolve) => service.app.server.getConnections((_, n) => resolve(n)))
    while ((await connections()) > 1) await sleep(5)
    expect(service.log.filter(({ level }) => Number(level) > 30)).toEqual([])
  })
})
