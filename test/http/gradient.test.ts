import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { softCases } from '../golden/soft/cases.ts'
import { writeNpy } from '../oracle/npy-writer.ts'
import { form, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const golden = softCases().find(({ name }) => name === 'three_classes')
if (!golden) throw new Error('golden.json has no case three_classes')
const { height, width, labels = [], prediction } = golden
const truth = writeNpy({ descr: '|u1', shape: [height, width], values: labels })
const logits = prediction.map((row) => row.map((q) => Math.log(q)))

/** The items of a little-endian float32 `.npy`. */
function itemsOf(file: Uint8Array): { header: string; items: Float32Array } {
  const start = 10 + file[8] + 256 * file[9]
  return {
    header: Buffer.from(file.subarray(10, start)).toString('latin1'),
    items: new Float32Array(file.slice(start).buffer),
  }
}

async function gradient(map: Uint8Array, options: object, groundTruth = truth) {
  const body = form({ ground_truth: groundTruth, prediction: map, options })
  const response = await fetch(`${service.url}/v1/gradient`, { method: 'POST', body })
  const bytes = new Uint8Array(await response.arrayBuffer())
  return { status: response.status, headers: response.headers, bytes }
}

describe('POST /v1/gradient', () => {
  it('answers the derivatives by logits in the shape of the prediction, and the loss in a header', async () => {
    const map = writeNpy({ descr: '<f8', shape: [3, height, width], values: logits.flat() })
    const options = { of: 'logits', prediction: { probabilities: { activation: 'softmax' } } }
    const { status, headers, bytes } = await gradient(map, options)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toBe('application/x-npy')
    expect(Math.abs(Number(headers.get('maskscore-loss')) - golden.expect.product.mi_loss)).toBeLessThan(1e-7)
    expect(headers.get('maskscore-clipped')).toBe('0')
    const { header, items } = itemsOf(bytes)
    expect(header).toContain(`'descr': '<f4', 'fortran_order': False, 'shape': (3, ${height}, ${width})`)
    const wanted = golden.expect.gradient_logits?.first ?? []
    for (const [c, value] of wanted.entries())
      expect(Math.abs(items[c * height * width] - value)).toBeLessThan(1e-9)
  })

  it('keeps channels last where the prediction has them last', async () => {
    const values = logits[0].flatMap((_, i) => logits.map((row) => row[i]))
    const options = { of: 'logits', prediction: { probabilities: { activation: 'softmax' } } }
    const last = await gradient(writeNpy({ descr: '<f8', shape: [height, width, 3], values }), options)
    const first = await gradient(
      writeNpy({ descr: '<f8', shape: [3, height, width], values: logits.flat() }),
      options,
    )
    const [a, b] = [itemsOf(last.bytes).items, itemsOf(first.bytes).items]
    expect([...a]).toEqual(Array.from(a, (_, k) => b[(k % 3) * height * width + Math.floor(k / 3)]))
  })

  it('is 0 where the truth is void, and by the sigmoid of one channel half of what it is by two', async () => {
    const z = [2, -1, 0.5, -3]
    const masks = (values: number[], shape: number[]) => writeNpy({ descr: '<f8', shape, values })
    const groundTruth = writeNpy({ descr: '|u1', shape: [2, 2], values: [1, 0, 255, 0] })
    const common = { of: 'logits', ignore_labels: [255] }
    const one = await gradient(
      masks(z, [2, 2]),
      { ...common, prediction: { probabilities: { activation: 'sigmoid' } } },
      groundTruth,
    )
    const two = await gradient(
      masks([...z.map(() => 0), ...z], [2, 2, 2]),
      { ...common, prediction: { probabilities: { activation: 'softmax', layout: 'chw' } } },
      groundTruth,
    )
    const single = itemsOf(one.bytes).items
    expect(single[2]).toBe(0)
    // A softmax of (0, z) is the sigmoid of z, so both derivatives by z are one.
    for (const [i, value] of single.entries())
      expect(Math.abs(value - itemsOf(two.bytes).items[4 + i])).toBeLessThan(1e-9)
  })

  it('says how many cells of the table were empty where a map is certain', async () => {
    const map = writeNpy({ descr: '<f8', shape: [3, 2, 1], values: [1, 0, 0, 1, 0, 0] })
    const groundTruth = writeNpy({ descr: '|u1', shape: [2, 1], values: [0, 1] })
    const { headers } = await gradient(map, { prediction: { probabilities: { layout: 'chw' } } }, groundTruth)
    // Both classes were predicted where they are and nowhere else; nobody has the third.
    expect(headers.get('maskscore-clipped')).toBe('4')
  })

  it.each([
    ['without a map', {}, '/options/prediction/probabilities'],
    [
      'of independent channels',
      { prediction: { probabilities: { independent: true } } },
      '/options/prediction/probabilities/independent',
    ],
    ['of logits that are none', { of: 'logits', prediction: { probabilities: {} } }, '/options/of'],
    [
      'of the maximal coupling',
      { prediction: { probabilities: {} }, soft: { coupling: 'maximal' } },
      '/options/soft/coupling',
    ],
  ])('refuses a gradient %s', async (_, options, pointer) => {
    const map = writeNpy({ descr: '<f8', shape: [3, height, width], values: prediction.flat() })
    const { status, json } = await post(
      service,
      '/v1/gradient',
      form({ ground_truth: truth, prediction: map, options }),
    )
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 'INVALID_OPTIONS', errors: [{ pointer }] })
  })
})
