import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { form, post, type Service, startService } from './service.ts'

const pair = join(import.meta.dirname, '../../examples/pair')
const truth = readFileSync(join(pair, 'ground-truth.png'))
const prediction = readFileSync(join(pair, 'prediction.png'))

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

/** The file with the header's size replaced and its CRC mended: a forgery, not damage. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const forged = Buffer.from(png)
  forged.writeUInt32BE(width, 16)
  forged.writeUInt32BE(height, 20)
  forged.writeUInt32BE(crc32(forged.subarray(12, 29)), 29)
  return forged
}

const otherSize = readFileSync(join(import.meta.dirname, '../decode-samples/png-grey8.png'))
const wrongCrc = Buffer.from(truth)
wrongCrc[truth.length - 20] ^= 1

const masks = { ground_truth: truth, prediction }

describe('what cannot be scored', () => {
  it.each([
    ['a missing part', form({ ground_truth: truth }), 400, 'MISSING_PART', '/prediction'],
    ['an unknown part', form({ ...masks, mask: truth }), 400, 'UNEXPECTED_PART', '/mask'],
    [
      'text instead of an image',
      form({ ...masks, prediction: Buffer.from('hello, world') }),
      415,
      'UNSUPPORTED_FORMAT',
      '/prediction',
    ],
    [
      'a truncated PNG',
      form({ ...masks, ground_truth: truth.subarray(0, truth.length >> 1) }),
      422,
      'TRUNCATED',
      '/ground_truth',
    ],
    ['a PNG with a wrong CRC', form({ ...masks, ground_truth: wrongCrc }), 422, 'CORRUPT', '/ground_truth'],
    [
      'a header of 60,000 × 60,000',
      form({ ...masks, prediction: withSize(prediction, 60_000, 60_000) }),
      413,
      'IMAGE_TOO_LARGE',
      '/prediction',
    ],
    ['an empty file', form({ ...masks, prediction: Buffer.alloc(0) }), 400, 'EMPTY_INPUT', '/prediction'],
    [
      'an unknown option',
      form({ ...masks, options: { border_tolerence: 2 } }),
      400,
      'INVALID_OPTIONS',
      '/options/border_tolerence',
    ],
    [
      'an option of a wrong value',
      form({ ...masks, options: { log_base: 3 } }),
      400,
      'INVALID_OPTIONS',
      '/options/log_base',
    ],
    [
      'a name for what can be no label',
      form({ ...masks, options: { classes: { 4294967296: 'road' } } }),
      400,
      'INVALID_OPTIONS',
      '/options/classes',
    ],
    [
      'a check that no report can hold',
      form({ ...masks, options: { checks: [{ metric: '/overlap/mean_oui', min: 1 }] } }),
      400,
      'INVALID_OPTIONS',
      '/options/checks/0/metric',
    ],
  ])('%s', async (_, body, status, code, pointer) => {
    const answer = await post(service, '/v1/score', body)
    expect(answer.json).toMatchObject({ status, code })
    expect(answer.status).toBe(status)
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect((answer.json.errors as { pointer: string }[]).map((error) => error.pointer)).toContain(pointer)
    expect(answer.json.remedy).toBeTypeOf('string')
    expect(answer.json.request_id).toBe(answer.headers.get('x-request-id'))
  })

  it('a part sent twice', async () => {
    const body = form(masks)
    body.append('prediction', new Blob([new Uint8Array(prediction)]), 'again.png')
    const { json } = await post(service, '/v1/score', body)
    expect(json).toMatchObject({ status: 400, code: 'UNEXPECTED_PART' })
  })

  it('options that are not JSON', async () => {
    const body = form(masks)
    body.append('options', '{"binary": tru')
    const { json } = await post(service, '/v1/score', body)
    expect(json).toMatchObject({ status: 400, code: 'MALFORMED_JSON' })
  })

  it('no body at all', async () => {
    const response = await fetch(`${service.url}/v1/score`, { method: 'POST' })
    expect(response.status).toBe(415)
    expect(await response.json()).toMatchObject({ code: 'UNSUPPORTED_MEDIA_TYPE' })
  })

  it.each([
    ['JSON of no bytes', 'application/json', '', 'MALFORMED_JSON'],
    ['JSON that is no object', 'application/json', '[]', 'MALFORMED_JSON'],
    ['a form without a boundary', 'multipart/form-data', 'x', 'MALFORMED_MULTIPART'],
    ['a form without parts', 'multipart/form-data; boundary=b', '--b--\r\n', 'MISSING_PART'],
    [
      'a form that ends early',
      'multipart/form-data; boundary=b',
      '--b\r\ncontent-dispo',
      'MALFORMED_MULTIPART',
    ],
    ['a form of the old kind', 'application/x-www-form-urlencoded', 'a=1', 'UNSUPPORTED_MEDIA_TYPE'],
  ])('%s', async (_, type, body, code) => {
    const response = await fetch(`${service.url}/v1/score`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
    expect(await response.json()).toMatchObject({ code })
  })

  it('files of two sizes', async () => {
    const { json } = await post(service, '/v1/score', form({ ...masks, prediction: otherSize }))
    expect(json).toMatchObject({ status: 422, code: 'SIZE_MISMATCH' })
    expect(json.detail).toContain('384×303')
    expect(json.detail).toContain('96×64')
  })

  it('has no other effect: nothing is kept, and the next answer is the same to the byte', async () => {
    const good = async () => {
      const response = await fetch(`${service.url}/v1/score`, { method: 'POST', body: form(masks) })
      return { etag: response.headers.get('etag'), text: await response.text() }
    }
    const before = await good()
    const bad = [
      form({ ground_truth: truth }),
      form({ ...masks, prediction: wrongCrc }),
      form({ ...masks, prediction: truth.subarray(0, 2000) }),
      form({ ...masks, prediction: withSize(prediction, 60_000, 60_000) }),
      form({ ...masks, prediction: otherSize }),
      form({ ...masks, options: { binry: true } }),
      form({ ...masks, mask: truth }),
    ]
    const answers = await Promise.all(bad.map((body) => post(service, '/v1/score', body)))
    expect(answers.map(({ status }) => status)).toEqual([400, 422, 422, 413, 422, 400, 400])
    // A place is given back when its connection has taken the answer, a moment after we have it.
    await expect
      .poll(async () => (await fetch(`${service.url}/v1/capacity`)).json(), { timeout: 30_000 })
      .toMatchObject({ busy: 0, queued: 0 })
    expect(await good()).toEqual(before)
  })

  it('names the nearest known key', async () => {
    const { json } = await post(service, '/v1/score', form({ ...masks, options: { ignore_label: [255] } }))
    expect(json.detail).toContain('did you mean "ignore_labels"?')
  })

  it('names both sizes when they differ', async () => {
    const { json } = await post(service, '/v1/score', {
      ground_truth: {
        format: 'labels',
        data: [
          [0, 1],
          [1, 1],
        ],
      },
      prediction: { format: 'labels', data: [[0, 1, 1]] },
    })
    expect(json).toMatchObject({ status: 422, code: 'SIZE_MISMATCH' })
    expect(json.detail).toContain('2×2')
    expect(json.detail).toContain('3×1')
  })

  it('refuses 300 MB against a limit of 64 MB while it arrives', async () => {
    const { status, code, sent } = await uploadWithoutEnd(service, 300 * 2 ** 20)
    expect({ status, code }).toEqual({ status: 413, code: 'INPUT_TOO_LARGE' })
    expect(sent).toBeLessThan(200 * 2 ** 20)
  })
})

/** Sends one endless file part without a length, until the service answers. */
async function uploadWithoutEnd(
  { url }: Service,
  bytes: number,
): Promise<{ status: number; code: unknown; sent: number }> {
  const chunk = Buffer.alloc(1 << 20, 7)
  let sent = 0
  return new Promise((resolve, reject) => {
    const client = httpRequest(`${url}/v1/score`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    })
    let answered = false
    client.on('response', (response) => {
      answered = true
      const body: Buffer[] = []
      response.on('data', (data: Buffer) => body.push(data))
      response.on('end', () => {
        client.destroy()
        resolve({
          status: response.statusCode ?? 0,
          code: JSON.parse(Buffer.concat(body).toString()).code,
          sent,
        })
      })
    })
    client.on('error', (error) => {
      if (!answered) reject(error)
    })
    client.write('--b\r\ncontent-disposition: form-data; name="ground_truth"; filename="x"\r\n\r\n')
    const more = () => {
      while (!answered && sent < bytes) {
        sent += chunk.length
        if (!client.write(chunk)) return client.once('drain', more)
      }
      return undefined
    }
    more()
  })
}
