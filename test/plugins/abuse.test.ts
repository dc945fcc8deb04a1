import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { problems } from '../../src/problems/catalogue.ts'
import { openRaw, parseAnswer, type Service, startService, stopServices, until } from './service.ts'

/** Stands in everything that is sent: nothing of it may come to the log. */
const mark = 'EVILMARK'

let service: Service
beforeAll(async () => {
  service = await startService({ KEYS: `tester:${'k'.repeat(20)}` }, {})
})
afterAll(stopServices)

const key = `authorization: Bearer ${'k'.repeat(20)}\r\n`
const line = (method: string, path: string, version = '1.1') => `${method} ${path} HTTP/${version}\r\n`
const host = `host: ${mark}\r\n`
const json = 'content-type: application/json\r\n'

/** What came back, its connection cut by whoever was first. */
async function send(bytes: string): Promise<ReturnType<typeof parseAnswer>> {
  const { socket, received, whole } = openRaw(service)
  socket.write(Buffer.from(bytes, 'latin1'))
  const isWhole = () => {
    const [head, body] = received().split('\r\n\r\n', 2)
    return body !== undefined && body.length >= Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0)
  }
  await Promise.race([whole, until(isWhole)])
  socket.destroy()
  return parseAnswer(received())
}

const post = (body: string, headers = json): string =>
  `${line('POST', '/v1/score')}${host}${key}${headers}content-length: ${body.length}\r\n\r\n${body}`

const part = (name: string, content: string, more = '; filename="a"') =>
  `--b\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`
const parts = (body: string, boundary = 'b') =>
  post(body, `content-type: multipart/form-data; boundary=${boundary}\r\n`)
const pair = part('ground_truth', mark) + part('prediction', mark)
const labels = '{"format":"labels","data":[[1]]}'
const scored = (options: string) =>
  post(`{"ground_truth":${labels},"prediction":${labels},"options":${options}}`)
const deep = (open: string, middle: string, close: string) =>
  open.repeat(10_000) + middle + close.repeat(10_000)
const chunked = (more: string) =>
  `${line('POST', '/v1/score')}${host}${key}${json}transfer-encoding: chunked\r\n${more}`

const abuses: Record<string, [bytes: string, status: number, code: string]> = {
  'multipart without a boundary': [
    post(mark, 'content-type: multipart/form-data\r\n'),
    400,
    'MALFORMED_MULTIPART',
  ],
  'a boundary of 5,000 letters': [parts(mark, 'b'.repeat(5000)), 400, 'MALFORMED_MULTIPART'],
  'multipart that ends early': [parts(part('prediction', mark)), 400, 'MALFORMED_MULTIPART'],
  'a part without a name': [parts(`--b\r\nx-${mark}: 1\r\n\r\n${mark}\r\n--b--\r\n`), 400, 'MISSING_PART'],
  'a thousand parts': [parts(`${part(mark, '').repeat(1000)}--b--\r\n`), 400, 'UNEXPECTED_PART'],
  'one part a thousand times': [
    parts(`${part('prediction', mark).repeat(1000)}--b--\r\n`),
    400,
    'UNEXPECTED_PART',
  ],
  'a part __proto__': [parts(`${part('__proto__', mark)}--b--\r\n`), 400, 'UNEXPECTED_PART'],
  'a part constructor': [parts(`${part('constructor', mark, '')}--b--\r\n`), 400, 'UNEXPECTED_PART'],
  'a field name of 100,000 letters': [
    parts(`${part(mark.repeat(12_500), '')}--b--\r\n`),
    400,
    'UNEXPECTED_PART',
  ],
  'a part header of 100,000 letters': [
    parts(`--b\r\nx-a: ${'a'.repeat(100_000)}\r\n\r\n${mark}\r\n--b--\r\n`),
    400,
    'MISSING_PART',
  ],
  'a NUL in a part name': [parts(`${part('predic\0tion', mark)}--b--\r\n`), 400, 'UNEXPECTED_PART'],
  'a path and a NUL as file name': [
    parts(
      `${part('prediction', mark, `; filename="../../${mark}\0"`)}${part('ground_truth', mark)}--b--\r\n`,
    ),
    415,
    'UNSUPPORTED_FORMAT',
  ],
  'a long end after the last part': [
    parts(`${pair}--b--\r\n${mark.repeat(10_000)}`),
    415,
    'UNSUPPORTED_FORMAT',
  ],
  'JSON 10,000 deep': [post(deep('[', '', ']')), 400, 'MALFORMED_JSON'],
  'options 10,000 deep': [
    parts(`${pair}${part('options', deep('{"a":', '1', '}'))}--b--\r\n`),
    400,
    'MALFORMED_JSON',
  ],
  'brackets that never close': [post('['.repeat(10_000)), 400, 'MALFORMED_JSON'],
  'a key __proto__': [post('{"__proto__":{"x":1}}'), 400, 'MALFORMED_JSON'],
  'an option __proto__': [scored('{"__proto__":{"log_base":10}}'), 400, 'MALFORMED_JSON'],
  'an option __proto__ in disguise': [scored('{"\\u005f_proto__":{"log_base":10}}'), 400, 'INVALID_OPTIONS'],
  'an option constructor': [scored('{"constructor":{"prototype":{"x":1}}}'), 400, 'INVALID_OPTIONS'],
  'a format constructor': [
    post(`{"ground_truth":{"format":"constructor","data":[[1]]},"prediction":${labels}}`),
    415,
    'UNSUPPORTED_FORMAT',
  ],
  'a NUL in JSON': [post('{"ground_truth":"\0"}'), 400, 'MALFORMED_JSON'],
  'JSON that is no object': [post('null'), 400, 'MALFORMED_JSON'],
  'a compressed body': [post('{}', `${json}content-encoding: gzip\r\n`), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'another type': [post('{}', `content-type: text/${mark}\r\n`), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'a type that is none': [post('{}', 'content-type: ;;;\r\n'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'no type and no body': [`${line('POST', '/v1/score')}${host}${key}\r\n`, 415, 'UNSUPPORTED_MEDIA_TYPE'],
  'a negative length': [post('{}', `${json}content-length: -1\r\n`), 400, 'MALFORMED_REQUEST'],
  'two lengths': [post('{}', `${json}content-length: 3\r\n`), 400, 'MALFORMED_REQUEST'],
  'a length of twenty digits': [
    post('{}', `${json}content-length: 99999999999999999999\r\n`),
    400,
    'MALFORMED_REQUEST',
  ],
  'a length above the limit': [
    `${line('POST', '/v1/score')}${host}${key}${json}content-length: 2000000000\r\n\r\n`,
    413,
    'INPUT_TOO_LARGE',
  ],
  'a length and chunks': [chunked('content-length: 5\r\n\r\n0\r\n\r\n'), 400, 'MALFORMED_REQUEST'],
  'two transfer encodings': [
    chunked('transfer-encoding: identity\r\n\r\n0\r\n\r\n'),
    400,
    'MALFORMED_REQUEST',
  ],
  'a chunk of negative size': [chunked(`\r\n-8\r\n${mark}\r\n0\r\n\r\n`), 400, 'MALFORMED_REQUEST'],
  'a chunk longer than said': [chunked(`\r\n2\r\n${mark}\r\n0\r\n\r\n`), 400, 'MALFORMED_REQUEST'],
  'a header of 20,000 letters': [
    `${line('GET', '/v1/capacity')}${host}${key}x-a: ${'a'.repeat(20_000)}\r\n\r\n`,
    400,
    'MALFORMED_REQUEST',
  ],
  'two thousand headers': [
    `${line('GET', '/v1/capacity')}${host}${key}${'a: b\r\n'.repeat(3000)}\r\n`,
    400,
    'MALFORMED_REQUEST',
  ],
  'a blank before the colon': [
    `${line('GET', '/v1/capacity')}host : ${mark}\r\n\r\n`,
    400,
    'MALFORMED_REQUEST',
  ],
  'a folded header': [
    `${line('GET', '/v1/capacity')}${host}x-a: b\r\n ${mark}\r\n\r\n`,
    400,
    'MALFORMED_REQUEST',
  ],
  'line feeds alone': [`GET /v1/capacity HTTP/1.1\nhost: ${mark}\n\n`, 400, 'MALFORMED_REQUEST'],
  'a NUL in a header': [`${line('GET', '/v1/capacity')}${host}x-a: a\0b\r\n\r\n`, 400, 'MALFORMED_REQUEST'],
  'no host': [`${line('GET', '/v1/capacity')}${key}\r\n`, 400, 'MALFORMED_REQUEST'],
  'TLS to a port without': ['\x16\x03\x01\x02\x00\x01\x00\x01', 400, 'MALFORMED_REQUEST'],
  'HTTP/2 to a port without': ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 'MALFORMED_REQUEST'],
  'an unknown version': [`${line('GET', '/livez', '9.9')}${host}\r\n`, 400, 'MALFORMED_REQUEST'],
  'two slashes': [`${line('GET', '//livez')}${host}\r\n`, 404, 'NOT_FOUND'],
  'dots, encoded': [`${line('GET', `/docs/%2e%2e/%2e%2e/${mark}`)}${host}\r\n`, 404, 'NOT_FOUND'],
  'dots, encoded with their slash': [
    `${line('GET', `/docs/static/..%2f..%2f..%2fpackage.json`)}${host}\r\n`,
    404,
    'NOT_FOUND',
  ],
  dots: [`${line('GET', `/../../etc/${mark}`)}${host}\r\n`, 404, 'NOT_FOUND'],
  'a NUL in the path': [`${line('GET', '/livez%00')}${host}\r\n`, 404, 'NOT_FOUND'],
  'a bad escape': [`${line('GET', `/${mark}%zz`)}${host}\r\n`, 400, 'MALFORMED_REQUEST'],
  'bytes that are no UTF-8': [`${line('GET', '/%ff%fe')}${host}\r\n`, 400, 'MALFORMED_REQUEST'],
  'a path of 10,000 letters': [`${line('GET', `/${'a'.repeat(10_000)}`)}${host}\r\n`, 404, 'NOT_FOUND'],
  'a path of 20,000 letters': [
    `${line('GET', `/${'a'.repeat(20_000)}`)}${host}\r\n`,
    400,
    'MALFORMED_REQUEST',
  ],
  'a method that is none': [`${line('EVIL', '/v1/score')}${host}\r\n`, 400, 'MALFORMED_REQUEST'],
  'a method of other protocols': [`${line('PROPFIND', '/v1/score')}${host}\r\n`, 405, 'METHOD_NOT_ALLOWED'],
  'GET where POST is': [`${line('GET', '/v1/score')}${host}${key}\r\n`, 405, 'METHOD_NOT_ALLOWED'],
  'OPTIONS without CORS': [`${line('OPTIONS', '/v1/score')}${host}\r\n`, 405, 'METHOD_NOT_ALLOWED'],
  'OPTIONS *': [`${line('OPTIONS', '*')}${host}\r\n`, 404, 'NOT_FOUND'],
  TRACE: [`${line('TRACE', '/livez')}${host}x-secret: ${mark}\r\n\r\n`, 405, 'METHOD_NOT_ALLOWED'],
  CONNECT: [`${line('CONNECT', 'a:1')}${host}\r\n`, 405, 'METHOD_NOT_ALLOWED'],
  'no key': [`${line('GET', '/v1/capacity')}${host}\r\n`, 401, 'UNAUTHENTICATED'],
  'a wrong key': [
    `${line('GET', '/v1/capacity')}${host}authorization: Bearer ${mark}\r\n\r\n`,
    403,
    'FORBIDDEN',
  ],
  'a key of another scheme': [
    `${line('GET', '/v1/capacity')}${host}authorization: Basic ${mark}\r\n\r\n`,
    401,
    'UNAUTHENTICATED',
  ],
  'a key in the address': [`${line('GET', `/v1/capacity?key=${mark}`)}${host}\r\n`, 401, 'UNAUTHENTICATED'],
}

describe('abuse is refused with a code', () => {
  it.each(Object.entries(abuses))('refuses %s', async (_, [bytes, status, code]) => {
    const answer = await send(bytes)
    expect(answer.json, answer.head).toMatchObject({
      status,
      code,
      title: problems[code as 'INTERNAL'].title,
    })
    expect(answer.status).toBe(status)
    expect(answer.head).toMatch(/content-type: application\/problem\+json/i)
    expect(answer.json.request_id).toBe(/x-request-id: (\S+)/i.exec(answer.head)?.[1])
    // No echo of what was sent beyond the name it has, no path of ours, nobody else's name.
    expect(JSON.stringify(answer.json)).not.toMatch(
      /node_modules|\/src\/|fastify|busboy|piscina|FST_|at \w+ \(/i,
    )
  })

  it('leaves no ticket, no work and no fault behind, and nothing raw in the log', async () => {
    await until(() => service.app.admitted.tickets === 0 && service.app.pool.statistics.busy === 0)
    expect(service.app.admitted).toEqual({ tickets: 0, bytes: 0 })
    expect(JSON.stringify(service.log)).not.toContain(mark)
    expect(service.log.filter(({ level }) => Number(level) > 30)).toEqual([])
    expect(({} as { x?: unknown }).x).toBeUndefined()
  })
})

describe('a request id', () => {
  it.each([
    ['harmless', 'a-B.c_1', true],
    ['129 letters long', 'a'.repeat(129), false],
    ['of two words', 'a b', false],
    ['quoted', `a"${mark}`, false],
    ['not ASCII', 'é', false],
  ])('that is %s is echoed or replaced, and is in the log', async (_, id, isTaken) => {
    const { head } = await send(`${line('GET', '/v1/capacity')}${host}${key}x-request-id: ${id}\r\n\r\n`)
    const echoed = /x-request-id: (.*)\r\n/i.exec(head)?.[1]
    expect(echoed === id).toBe(isTaken)
    expect(echoed).toMatch(/^[A-Za-z0-9_.-]{1,128}$/)
    expect(service.log.at(-1)).toMatchObject({ request_id: echoed, client: 'tester' })
  })

  it('cannot forge a header or a log line', async () => {
    const answer = await send(`${line('GET', '/v1/capacity')}${host}x-request-id: a\rset-cookie: b\r\n\r\n`)
    expect(answer.json.code).toBe('MALFORMED_REQUEST')
  })
})

describe('unusual but valid requests', () => {
  it.each([
    ['HTTP/1.0 without a host', `${line('GET', '/livez', '1.0')}\r\n`, 200],
    ['an absolute address', `${line('GET', `http://${mark}/livez`)}${host}\r\n`, 200],
    ['an unknown expectation', `${line('GET', '/livez')}${host}expect: ${mark}\r\n\r\n`, 200],
    [
      'an upgrade nobody offers',
      `${line('GET', '/livez')}${host}connection: upgrade\r\nupgrade: websocket\r\n\r\n`,
      200,
    ],
    ['HEAD', `${line('HEAD', '/livez')}${host}\r\n`, 200],
  ])('are answered: %s', async (_, bytes, status) => {
    const { socket, received } = openRaw(service)
    socket.write(bytes)
    await until(() => received().includes('\r\n\r\n'))
    expect(received()).toContain(`HTTP/1.1 ${status} `)
  })

  it('tells a sender that asks with Expect to go on once it is admitted, and not when it is refused', async () => {
    const asking = (length: number, more: string) =>
      `${line('POST', '/v1/score')}${host}${more}${json}expect: 100-continue\r\ncontent-length: ${length}\r\n\r\n`
    const welcome = openRaw(service)
    welcome.socket.write(asking(2, key))
    await until(() => welcome.received() === 'HTTP/1.1 100 Continue\r\n\r\n')
    welcome.socket.write('{}')
    await until(() => welcome.received().includes('HTTP/1.1 400 '))
    const refused = openRaw(service)
    refused.socket.write(asking(100, ''))
    // It may now send its body or not, so the connection cannot be used again.
    expect(await refused.whole).toMatch(/^HTTP\/1\.1 401 [\s\S]*connection: close/i)
  })
})
