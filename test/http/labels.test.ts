import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { difference } from '../../src/labels/difference.ts'
import { readNpy } from './read-npy.ts'
import { at, form, post, type Service, startService } from './service.ts'

const example = (name: string) => readFileSync(join(import.meta.dirname, '../../examples/pair', name))
const pair = { ground_truth: example('ground-truth.png'), prediction: example('prediction.png') }

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

async function labels(parts: Record<string, Uint8Array | object>) {
  const response = await fetch(`${service.url}/v1/labels`, { method: 'POST', body: form(parts) })
  expect(response.status, response.ok ? '' : await response.clone().text()).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/x-npy')
  return readNpy(await response.arrayBuffer())
}

const sha256OfLabels = (labels: ArrayLike<number>) =>
  createHash('sha256')
    .update(new Uint8Array(Uint32Array.from(labels).buffer))
    .digest('hex')

/** Compensated, or the mean of a hundred thousand losses is not exact to 12 digits. */
function sumOf(values: ArrayLike<number>): number {
  let [sum, lost] = [0, 0]
  for (let k = 0; k < values.length; k++) {
    const term = values[k] - lost
    const next = sum + term
    lost = next - sum - term
    sum = next
  }
  return sum
}

const tally = (codes: ArrayLike<number>) => {
  const counts = [0, 0, 0, 0, 0]
  for (let k = 0; k < codes.length; k++) counts[codes[k]]++
  return Object.fromEntries(Object.entries(difference).map(([name, code]) => [name, counts[code]]))
}

describe('POST /v1/labels', () => {
  it('answers the very labels of both files', async () => {
    const { planes, shape, descr } = await labels(pair)
    expect([shape, descr]).toEqual([[2, 303, 384], '|u1'])
    for (const [index, mask] of [pair.ground_truth, pair.prediction].entries()) {
      const { json } = await post(service, '/v1/inspect', form({ mask }))
      expect(sha256OfLabels(planes[index])).toBe(json.labels_sha256)
    }
  })

  it('differs where the overlay says, and by shapes as little as one_to_one_accuracy', async () => {
    const { json } = await post(
      service,
      '/v1/score',
      form({ ...pair, options: { families: ['overlap', 'regions'] } }),
    )
    for (const [match, accuracy] of [
      ['names', '/overlap/pixel_accuracy'],
      ['shapes', '/regions/one_to_one_accuracy'],
    ] as const) {
      const { planes } = await labels({ ...pair, options: { planes: ['difference'], match } })
      const counts = tally(planes[0])
      const overlay = await post(service, '/v1/overlay', form({ ...pair, options: { match } }), {
        accept: 'application/json',
      })
      expect(counts).toEqual(overlay.json.pixels)
      const options = { planes: ['ground_truth', 'difference'], match, region: [5, 5, 2, 1] }
      const part = await post(service, '/v1/labels', form({ ...pair, options }), {
        accept: 'application/json',
      })
      expect(part.json.pixels).toEqual({ difference: counts })
      expect(counts.agreement / planes[0].length).toBe(at(json, accuracy))
    }
  })

  it.each([
    ['as they are', {}],
    ['with void', { ignore_labels: [1, 4] }],
    ['of components, along borders', { components: 'both', border_tolerance: 1 }],
    ['binary', { binary: true }],
  ])('answers a loss whose mean is the variation of information, %s', async (_, options) => {
    const { json } = await post(service, '/v1/score', form({ ...pair, options }))
    const loss = await labels({ ...pair, options: { ...options, planes: ['loss'] } })
    const { planes } = await labels({ ...pair, options: { ...options, planes: ['counted', 'difference'] } })
    const counted = sumOf(planes[0])
    expect(counted).toBe(at(json, '/pixels/counted'))
    expect(tally(planes[1]).ignored).toBe(planes[0].length - counted)
    const mean = sumOf(loss.planes[0]) / counted
    expect(mean).toBeCloseTo(at(json, '/information/vi') as number, 12)
    expect(Array.from(loss.planes[0]).every((bits, pixel) => bits === 0 || planes[0][pixel] === 1)).toBe(true)
  })

  it('answers the segments that are counted beside the labels of the files', async () => {
    const rows = (data: number[][]) => ({ format: 'labels', data })
    const body = {
      ground_truth: rows([[1, 0, 1, 2]]),
      prediction: rows([[5, 0, 0, 9]]),
      options: {
        components: 'ground_truth',
        planes: ['ground_truth', 'prediction', 'partition_ground_truth', 'partition_prediction'],
      },
    }
    const { json } = await post(service, '/v1/labels', body, { accept: 'application/json' })
    expect(json).toMatchObject({
      width: 4,
      height: 1,
      dtype: '<u4',
      shape: [4, 1, 4],
      data: [[[1, 0, 1, 2]], [[5, 0, 0, 9]], [[1, 2, 3, 4]], [[5, 0, 0, 9]]],
    })
  })

  it('shows a region as slicing does, at any level, and never loses a wrong pixel', async () => {
    const whole = await labels({ ...pair, options: { planes: ['ground_truth', 'difference'] } })
    const region = [17, 40, 150, 99]
    const part = await labels({
      ...pair,
      options: { planes: ['ground_truth', 'difference'], region, level: 3 },
    })
    expect(part.shape).toEqual([2, 13, 19])
    const order = [difference.missing, difference.extra, difference.confused, difference.agreement]
    for (let row = 0; row < 13; row++)
      for (let column = 0; column < 19; column++) {
        const [x, y] = [17 + 8 * column, 40 + 8 * row]
        expect(part.planes[0][row * 19 + column]).toBe(whole.planes[0][y * 384 + x])
        const block = new Set<number>()
        for (let v = y; v < Math.min(y + 8, 40 + 99); v++)
          for (let u = x; u < Math.min(x + 8, 17 + 150); u++) block.add(whole.planes[1][v * 384 + u])
        expect(part.planes[1][row * 19 + column]).toBe(order.find((code) => block.has(code)))
      }
  })

  it('answers up to 20 masks without a truth, negative and large labels in the type that holds both', async () => {
    const mask = (data: number[][]) => ({ mask: { format: 'labels', data } })
    const masks = [mask([[-1, 5]]), mask([[70000, 3]])]
    const options = { prediction: { negative: 'keep' } }
    const { json } = await post(service, '/v1/labels', { masks, options }, { accept: 'application/json' })
    expect(json).toMatchObject({ planes: ['1', '2'], dtype: '<i4', data: [[[-1, 5]], [[70000, 3]]] })
    const far = await post(service, '/v1/labels', {
      masks: [mask([[-1, 5]]), mask([[2 ** 32 - 1, 3]])],
      options,
    })
    expect(far.json).toMatchObject({ code: 'LABEL_OUT_OF_RANGE' })
  })

  it('answers the entropy of the votes of masks: in bits, of a block the largest; its mean is that of the agreement', async () => {
    const mask = (row: number[]) => ({ mask: { format: 'labels', data: [row] } })
    const masks = [mask([1, 1, 1, 1]), mask([1, 1, 2, 1]), mask([1, 2, 3, 1])]
    const bits = async (options: object) =>
      (await post(service, '/v1/labels', { masks, options }, { accept: 'application/json' })).json
    const whole = await bits({ planes: ['entropy'] })
    expect(whole).toMatchObject({ planes: ['entropy'], dtype: '<f8', shape: [1, 1, 4] })
    const [[row]] = whole.data as number[][][]
    expect(row).toEqual([0, Math.log2(3) - 2 / 3, Math.log2(3), 0].map((one) => expect.closeTo(one, 14)))
    const agreement = await post(service, '/v1/agreement', { masks })
    expect(row.reduce((sum, one) => sum + one, 0) / 4).toBeCloseTo(
      at(agreement.json, '/disagreement/entropy_mean') as number,
      14,
    )
    const part = await bits({ planes: ['entropy'], region: [1, 0, 3, 1], level: 1 })
    expect(part.data).toEqual([[[row[2], row[3]]]])
  })

  it('counts void of a preset as no vote', async () => {
    const mask = (row: number[]) => ({ mask: { format: 'labels', data: [row] } })
    const masks = [mask([255, 255, 0]), mask([1, 1, 0]), mask([1, 2, 0])]
    const options = { planes: ['entropy'], prediction: { preset: 'voc' } }
    const { json } = await post(service, '/v1/labels', { masks, options }, { accept: 'application/json' })
    expect(json).toMatchObject({ data: [[[0, 1, 0]]] })
  })

  it('keeps 16-bit labels in 16 bits', async () => {
    const data = Uint16Array.from({ length: 12 }, (_, k) => 300 * k)
    const mask = await sharp(data, { raw: { width: 4, height: 3, channels: 1 } })
      .toColourspace('grey16')
      .png()
      .toBuffer()
    const { descr, planes } = await labels({ ground_truth: mask, prediction: mask })
    expect([descr, ...planes[1]]).toEqual(['<u2', ...data])
  })

  it.each([
    ['a region that leaves the image', { region: [380, 0, 5, 5] }, 'INVALID_OPTIONS', '/options/region'],
    ['the loss beside integers', { planes: ['loss', 'counted'] }, 'INVALID_OPTIONS', '/options/planes'],
    ['the entropy of a pair', { planes: ['entropy'] }, 'INVALID_OPTIONS', '/options/planes'],
    ['a plane that there is not', { planes: ['losses'] }, 'INVALID_OPTIONS', '/options/planes/0'],
  ])('refuses %s', async (_, options, code, pointer) => {
    const { json } = await post(service, '/v1/labels', form({ ...pair, options }))
    expect(json).toMatchObject({ code, errors: [{ pointer }] })
  })

  it('refuses a pair beside masks, a pair with one side, and nothing', async () => {
    const mask = { format: 'labels', data: [[1]] }
    const refused = async (body: object) => (await post(service, '/v1/labels', body)).json.code
    expect(await refused({ ground_truth: mask, masks: [{ mask }] })).toBe('UNEXPECTED_PART')
    expect(await refused({ ground_truth: mask })).toBe('MISSING_PART')
    expect(await refused({ masks: [] })).toBe('MISSING_PART')
    expect(await refused({ masks: Array.from({ length: 21 }, () => ({ mask })) })).toBe('TOO_MANY_MASKS')
  })

  it('refuses more planes than one answer holds, and says what to ask for', async () => {
    const small = await startService({ MASKSCORE_MAX_PIXELS: '120_000' })
    const options = { planes: ['partition_ground_truth', 'counted', 'ground_truth'], components: 'both' }
    const { json } = await post(small, '/v1/labels', form({ ...pair, options }))
    await small.close()
    expect(json).toMatchObject({ code: 'IMAGE_TOO_LARGE' })
    expect(json.detail).toContain('a region or a higher level')
  })

  it('is compressed for those who accept gzip, with a tag of its own, and plain for the rest', async () => {
    const body = JSON.stringify({ masks: [{ mask: { format: 'labels', data: [new Array(5000).fill(7)] } }] })
    const ask = (encoding: string) =>
      new Promise<{ headers: NodeJS.Dict<string | string[]>; bytes: number }>((resolve, reject) => {
        const headers = { 'content-type': 'application/json', 'accept-encoding': encoding }
        httpRequest(`${service.url}/v1/labels`, { method: 'POST', headers }, (response) => {
          let bytes = 0
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          response.on('end', () => resolve({ headers: response.headers, bytes }))
        })
          .on('error', reject)
          .end(body)
      })
    const [zipped, plain] = [await ask('br, gzip;q=0.8'), await ask('gzip;q=0')]
    expect(zipped.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'accept-encoding' })
    expect(plain.headers['content-encoding']).toBeUndefined()
    expect(zipped.headers.etag).not.toBe(plain.headers.etag)
    expect([plain.bytes, zipped.bytes < 300]).toEqual([5128, true])
  })
})
