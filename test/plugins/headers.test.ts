import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openRaw, parseAnswer, type Service, score, startService, stopServices, until } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(stopServices)

describe('If-None-Match', () => {
  it('is answered 304 for a tag that is still the answer: alone, weak, or one of a list', async () => {
    const first = await score(service, {})
    const etag = first.headers.get('etag') ?? ''
    expect(etag).toMatch(/^"[\w-]+"$/)
    for (const tags of [etag, `W/${etag}`, `"a", ${etag}`, `W/"a,b",W/${etag} , "c"`]) {
      const answer = await score(service, {}, { 'if-none-match': tags })
      expect(answer.status, tags).toBe(304)
      expect(answer.headers.get('etag')).toBe(etag)
    }
  })

  it('is no reason for 304 when it names other answers, or nothing that is a tag', async () => {
    const etag = (await score(service, {})).headers.get('etag') ?? ''
    for (const tags of ['"a"', 'W/"a", "b"', etag.replaceAll('"', ''), `"x${etag.slice(1)}`, ''])
      expect((await score(service, {}, { 'if-none-match': tags })).status, tags).toBe(200)
  })
})

describe('traceparent', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const span = '00f067aa0ba902b7'
  const lineOf = async (id: string) => {
    const isIt = (line: Record<string, unknown>) => line.request_id === id && line.msg === 'request'
    await until(() => service.log.some(isIt))
    return service.log.find(isIt)
  }

  it('stands in the log lines of its request', async () => {
    await score(service, {}, { traceparent: `00-${trace}-${span}-01`, 'x-request-id': 'traced' })
    expect(await lineOf('traced')).toMatchObject({ trace_id: trace, parent_id: span })
    await score(
      service,
      { end: 'throw' },
      { traceparent: `cc-${trace}-${span}-00-more`, 'x-request-id': 'fault' },
    )
    await lineOf('fault')
    const lines = service.log.filter((line) => line.request_id === 'fault')
    expect(lines.map(({ level }) => level)).toContain(50)
    for (const line of lines) expect(line).toMatchObject({ trace_id: trace, parent_id: span })
  })

  it.each([
    ['of another form', `00-${trace}-${span}`],
    ['of version ff', `ff-${trace}-${span}-01`],
    ['of zeros', `00-${'0'.repeat(32)}-${span}-01`],
    ['with a parent of zeros', `00-${trace}-${'0'.repeat(16)}-01`],
    ['with a fifth field', `00-${trace}-${span}-01-a`],
    ['in capitals', `00-${trace.toUpperCase()}-${span}-01`],
    ['that is long', `00-${trace}-${span}-01`.padEnd(3000, 'x')],
  ])('is left out when it is not valid: one %s', async (name, traceparent) => {
    const id = name.replaceAll(' ', '-')
    const answer = await score(service, {}, { traceparent, 'x-request-id': id })
    expect(answer.status).toBe(200)
    expect(await lineOf(id)).not.toHaveProperty('trace_id')
  })
})

describe('a path that leads out of the folder of the docs', () => {
  it.each([
    '/docs/static/../x',
    '/docs/static/..',
    '/docs/static/%2e%2e/x',
    '/docs/static/..%2fx',
    '/docs/static/a/../../x',
    '/docs/static//etc/passwd',
    '/docs/static/%00',
    '/docs/static/a%5c..%5cx',
  ])('is 404: %s', async (path) => {
    const before = service.log.filter(({ level }) => level === 50).length
    const { socket, whole } = openRaw(service)
    socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
    const { status, json } = parseAnswer(await whole)
    expect({ status, code: json.code }).toEqual({ status: 404, code: 'NOT_FOUND' })
    expect(service.log.filter(({ level }) => level === 50)).toHaveLength(before)
  })
})
