import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, describe, expect, it } from 'vitest'
import { openRaw, parseAnswer, type Service, score, startService, stopServices, until } from './service.ts'

afterEach(stopServices)

setFlagsFromString('--expose-gc')
const collectGarbage: () => void = runInNewContext('gc')

const post = (body: string, headers = `content-length: ${body.length}\r\n`): string =>
  `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${headers}\r\n${body}`

/** Nothing is inside any more, and the service still scores. */
async function expectEmpty(service: Service): Promise<void> {
  await until(() => service.app.admitted.tickets === 0)
  expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
  await until(() => service.app.pool.statistics.busy === 0)
  expect((await score(service, {})).status).toBe(200)
}

describe('a ticket', () => {
  it('is released when a connection with more requests in its pipeline dies', async () => {
    const service = await startService({ QUEUE_LIMIT: '5' })
    const { socket } = openRaw(service)
    socket.write(post('{"ms":200}').repeat(4))
    await until(() => service.app.admitted.tickets === 4)
    socket.destroy()
    await until(() => service.log.filter(({ outcome }) => outcome === 'CLIENT_GONE').length === 4)
    await expectEmpty(service)
  })

  it('is released after every answer of a pipeline', async () => {
    const service = await startService({ QUEUE_LIMIT: '5' })
    const { socket, received } = openRaw(service)
    socket.write(post('{}') + post('{"end":"refuse"}') + post('{"end":"throw"}') + post('{}'))
    const statuses = () => [...received().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)
    await until(() => statuses().length === 4)
    expect(statuses()).toEqual(['200', '422', '500', '200'])
    await expectEmpty(service)
    socket.destroy()
  })

  it('is released after an answer of status 304', async () => {
    const service = await startService()
    const first = await score(service, {})
    const etag = first.headers.get('etag') ?? ''
    const again = await score(service, {}, { 'if-none-match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await expectEmpty(service)
  })

  it('is released when the body turns out not to be HTTP', async () => {
    const service = await startService()
    const { socket, whole } = openRaw(service)
    socket.write(post('zz\r\nnonsense', 'transfer-encoding: chunked\r\n'))
    const { status, json } = parseAnswer(await whole)
    expect({ status, code: json.code }).toEqual({ status: 400, code: 'MALFORMED_REQUEST' })
    await expectEmpty(service)
  })

  it('is released at the deadline of the whole request, also while the body still arrives', async () => {
    const service = await startService({ REQUEST_TIMEOUT: '200ms', RECEIVE_TIMEOUT: '10min' })
    const { socket, whole } = openRaw(service)
    socket.write(post('{', 'content-length: 100\r\n'))
    const { json, head } = parseAnswer(await whole)
    expect(json.code).toBe('TIMED_OUT')
    expect(head.toLowerCase()).toContain('connection: close')
    await expectEmpty(service)
  })

  it('is released at the deadline, also while the request waits for a worker', async () => {
    const service = await startService({ REQUEST_TIMEOUT: '300ms' })
    const busy = score(service, { ms: 900 })
    await until(() => service.app.pool.statistics.busy === 1)
    const waiting = await score(service, {})
    expect(await waiting.json()).toMatchObject({ code: 'TIMED_OUT' })
    expect(service.app.pool.statistics).toMatchObject({ busy: 1, queued: 0 })
    await busy
    await expectEmpty(service)
  })

  it('is not released for a request that was refused before it had one; its connection can be used again', async () => {
    const service = await startService({ QUEUE_LIMIT: '0' })
    const busy = score(service, { ms: 300 })
    await until(() => service.app.admitted.tickets === 1)
    const { socket, received } = openRaw(service)
    socket.write(post('', 'content-length: 20\r\n'))
    await until(() => received().includes('"QUEUE_FULL"'))
    expect(service.app.admitted.tickets).toBe(1)
    // The body comes all the same, twenty bytes of it, and is no part of what is asked next.
    socket.write('GET /livez HTTP/1.1\r')
    socket.write('GET /v1/capacity HTTP/1.1\r\nhost: x\r\n\r\n')
    await until(() => received().includes('"queue_limit":0'))
    expect(received()).not.toContain('"alive"')
    await busy
    await expectEmpty(service)
  })

  it('is released when a client never reads its answer', async () => {
    const service = await startService({ REQUEST_TIMEOUT: '1500ms' })
    const { socket } = openRaw(service)
    socket.pause()
    socket.write(post('{"answerBytes":80000000}'))
    await until(() => service.app.admitted.tickets === 1)
    await expectEmpty(service)
    const [line] = service.log.filter(({ outcome }) => outcome === 'CLIENT_GONE')
    expect(line).toMatchObject({ status: 499 })
    socket.destroy()
  })
})

describe('a body that goes on after its refusal', () => {
  it.each([
    ['JSON', 'application/json', ''],
    [
      'parts',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-disposition: form-data; name="prediction"; filename="a"\r\n\r\n',
    ],
  ])('is not kept: %s', async (_, type, start) => {
    const service = await startService({ MAX_FILE_BYTES: '1MB', MAX_REQUEST_BYTES: '1MB' })
    const { socket, received, closed } = openRaw(service)
    socket.write(
      `POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n`,
    )
    const chunk = (bytes: string) => `${bytes.length.toString(16)}\r\n${bytes}\r\n`
    if (start) socket.write(chunk(start))
    const megabyte = chunk('x'.repeat(2 ** 20))
    const kept = () => {
      collectGarbage()
      return process.memoryUsage().arrayBuffers
    }
    const before = kept()
    let most = before
    for (let sent = 1; sent <= 200 && socket.writable; sent++) {
      if (!socket.write(megabyte)) await Promise.race([closed, once(socket, 'drain')]).catch(() => {})
      if (sent % 40 === 0) most = Math.max(most, kept())
    }
    expect(parseAnswer(received()).json.code).toBe('INPUT_TOO_LARGE')
    socket.destroy()
    expect(most - before).toBeLessThan(80 * 2 ** 20)
    await expectEmpty(service)
  })
})
