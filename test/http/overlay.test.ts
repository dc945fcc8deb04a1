import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differenceColours, labelGrey, rampColour } from '../../src/labels/mask-colours.ts'
import { overlayLayersSchema } from '../../src/scoring/overlay-layers.ts'
import { masks } from './examples.ts'
import { form, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const grey = (rows: number[][]) =>
  sharp(Uint8Array.from(rows.flat()), { raw: { width: rows[0].length, height: rows.length, channels: 1 } })
    .toColourspace('b-w')
    .png()
    .toBuffer()

const rgba = async (png: ArrayBuffer) => {
  const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return {
    pixels: Array.from({ length: info.width * info.height }, (_, i) => [...data.subarray(4 * i, 4 * i + 4)]),
    info,
  }
}

const transparent = [0, 0, 0, 0]
const missing = [0xd5, 0x5e, 0x00, 255]
const extra = [0x56, 0xb4, 0xe9, 255]
const confused = [0xf0, 0xe4, 0x42, 255]

/** Of WCAG 2.2: from 1 to 21. */
function contrast(a: readonly number[], b: readonly number[]): number {
  const luminance = (colour: readonly number[]) => {
    const [red, green, blue] = colour.map((channel) => {
      const share = channel / 255
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (light + 0.05) / (dark + 0.05)
}

async function pair() {
  return {
    ground_truth: await grey([
      [0, 0, 1],
      [1, 1, 2],
    ]),
    prediction: await grey([
      [0, 1, 0],
      [1, 2, 2],
    ]),
  }
}

describe('POST /v1/overlay', () => {
  it('paints agreement, missing, extra and confused on the exact grid', async () => {
    const body = form({ ...(await pair()), options: { under: 'nothing' } })
    const response = await fetch(`${service.url}/v1/overlay`, { method: 'POST', body })
    expect(response.headers.get('content-type')).toBe('image/png')
    const { pixels, info } = await rgba(await response.arrayBuffer())
    expect([info.width, info.height]).toEqual([3, 2])
    expect(pixels).toEqual([transparent, extra, missing, transparent, confused, transparent])
  })

  it('lies on dark greys of the ground truth, on which every colour is readable, without being asked', async () => {
    const response = await fetch(`${service.url}/v1/overlay`, { method: 'POST', body: form(await pair()) })
    const { pixels } = await rgba(await response.arrayBuffer())
    const grey = (label: number) => [...labelGrey(label), 255]
    expect(pixels).toEqual([grey(0), extra, missing, grey(1), confused, grey(2)])
    for (const colour of Object.values(differenceColours))
      for (let label = 0; label < 256; label++)
        expect(contrast(colour, labelGrey(label))).toBeGreaterThanOrEqual(3)
  })

  it('takes renamed segments for the same by shapes, which is the default, and for confused by names', async () => {
    const masks = { ground_truth: await grey([[0, 0, 1, 2]]), prediction: await grey([[0, 0, 2, 1]]) }
    const of = async (options: object) => {
      const body = form({ ...masks, options })
      const headers = { accept: 'application/json' }
      const response = await fetch(`${service.url}/v1/overlay`, { method: 'POST', body, headers })
      const { pixels, match } = overlayLayersSchema.parse(await response.json())
      return { agreement: pixels.agreement, confused: pixels.confused, match }
    }
    expect(await of({})).toEqual({ agreement: 4, confused: 0, match: 'shapes' })
    expect(await of({ match: 'names' })).toEqual({ agreement: 2, confused: 2, match: 'names' })
    expect(await of({ classes: ['ground', 'tree', 'car'] })).toMatchObject({ match: 'names' })
  })

  it('paints each pixel by its loss, whose mean is the variation of information', async () => {
    const masks = { ground_truth: await grey([[0, 0, 1, 1]]), prediction: await grey([[0, 0, 1, 2]]) }
    const ask = (accept: string) =>
      fetch(`${service.url}/v1/overlay`, {
        method: 'POST',
        body: form({ ...masks, options: { mode: 'loss', under: 'nothing' } }),
        headers: { accept },
      })
    // Half of the pixels lie in a segment of two that was cut in two: one bit each.
    const { pixels } = await rgba(await (await ask('image/png')).arrayBuffer())
    const oneBit = [...rampColour(Math.round((1024 * 1) / Math.log2(9)) / 1024), 255]
    expect(pixels).toEqual([transparent, transparent, oneBit, oneBit])
    expect(await (await ask('application/json')).json()).toMatchObject({ mean_loss: 0.5 })
  })

  it('covers as much as `opacity` says', async () => {
    const of = async (opacity: number) => {
      const body = form({ ...(await pair()), options: { opacity, under: 'nothing' } })
      return fetch(`${service.url}/v1/overlay`, { method: 'POST', body })
    }
    const { pixels } = await rgba(await (await of(0.4)).arrayBuffer())
    expect(pixels.map(([, , , alpha]) => alpha)).toEqual([0, 102, 102, 0, 102, 0])
    expect((await of(0)).status).toBe(400)
    expect((await of(1.1)).status).toBe(400)
  })

  it('answers the same layers as COCO run lengths', async () => {
    const response = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: form(await pair()),
      headers: { accept: 'application/json' },
    })
    const json = overlayLayersSchema.parse(await response.json())
    expect(json.pixels).toEqual({ agreement: 3, missing: 1, extra: 1, confused: 1, ignored: 0 })
    // Column-major: the missing pixel is the fifth of six, the extra one the third, the confused one the fourth.
    expect(json.layers).toEqual({
      missing: { size: [2, 3], counts: '411' },
      extra: { size: [2, 3], counts: '213' },
      confused: { size: [2, 3], counts: '312' },
    })
  })

  it('paints each ground-truth segment by its share of the loss', async () => {
    const masks = { ground_truth: await grey([[0, 0, 1, 1]]), prediction: await grey([[0, 0, 1, 2]]) }
    const response = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: form({ ...masks, options: { mode: 'segments', under: 'nothing' } }),
    })
    const { pixels } = await rgba(await response.arrayBuffer())
    expect(pixels.slice(0, 2)).toEqual([transparent, transparent])
    expect(pixels[2]).toEqual([...rampColour(1), 255])
    expect(pixels[3]).toEqual(pixels[2])
  })

  it('lies over a photo of the same size, and refuses another size', async () => {
    const photo = (width: number) =>
      sharp({ create: { width, height: 2, channels: 3, background: '#204060' } })
        .jpeg({ quality: 100 })
        .toBuffer()
    const over = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: form({ ...(await pair()), image: await photo(3) }),
    })
    const { pixels } = await rgba(await over.arrayBuffer())
    for (const [channel, value] of [0x20, 0x40, 0x60, 255].entries())
      expect(Math.abs(pixels[0][channel] - value)).toBeLessThanOrEqual(3)
    const refused = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: form({ ...(await pair()), image: await photo(4) }),
    })
    expect(await refused.json()).toMatchObject({ code: 'SIZE_MISMATCH', errors: [{ pointer: '/image' }] })
  })

  it('takes annotations, and paints exactly its layers', async () => {
    const body = {
      ground_truth: masks.label_studio('ground-truth'),
      prediction: masks.encord('prediction'),
      options: { under: 'nothing' },
    }
    const ask = (accept: string) =>
      fetch(`${service.url}/v1/overlay`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { accept, 'content-type': 'application/json' },
      })
    const { pixels } = await rgba(await (await ask('image/png')).arrayBuffer())
    const json = overlayLayersSchema.parse(await (await ask('application/json')).json())
    const painted = (colour: number[]) => pixels.filter((pixel) => pixel.join() === colour.join()).length
    expect([missing, extra, confused, transparent].map(painted)).toEqual(
      ['missing', 'extra', 'confused', 'agreement'].map((name) => json.pixels[name]),
    )
    expect(painted(confused)).toBeGreaterThan(0)
  })

  it('paints very many segments, and leaves ignored pixels transparent', async () => {
    // More segments than a function takes arguments.
    const side = 600
    const rows = Array.from({ length: side }, (_, y) => Array.from({ length: side }, (_, x) => y * side + x))
    const pairs = rows.map((row) => row.map((label) => label >> 1))
    const response = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: JSON.stringify({
        ground_truth: { format: 'labels', data: pairs },
        prediction: { format: 'labels', data: rows },
        options: { mode: 'segments', ignore_labels: [1], under: 'nothing' },
      }),
      headers: { 'content-type': 'application/json' },
    })
    expect(response.status).toBe(200)
    const { pixels } = await rgba(await response.arrayBuffer())
    expect(pixels[2]).toEqual(transparent)
    expect(pixels[0]).toEqual([...rampColour(1), 255])
  })

  it('lies over a PNG photo too', async () => {
    const background = { r: 10, g: 200, b: 90, alpha: 1 }
    const photo = await sharp({ create: { width: 3, height: 2, channels: 4, background } })
      .png()
      .toBuffer()
    const response = await fetch(`${service.url}/v1/overlay`, {
      method: 'POST',
      body: form({ ...(await pair()), image: photo }),
    })
    const { pixels } = await rgba(await response.arrayBuffer())
    expect(pixels[0]).toEqual([10, 200, 90, 255])
    expect(pixels[1]).not.toEqual(pixels[0])
  })
})
