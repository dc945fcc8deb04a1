import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const size = { width: 64, height: 48 }
const mask = (label: number) =>
  sharp({ create: { ...size, channels: 3, background: { r: label, g: label, b: label } } })
    .toColourspace('b-w')
    .png()
    .toBuffer()
const blue = { ...size, channels: 3, background: '#3366cc' } as const

let service: EvaluatedService
let run: Record<string, unknown> & { id: string; state: string }
const get = (path: string, key: 'ann' | 'bob' = 'ann') =>
  fetch(`${service.url}/v1/evaluations/${run.id}${path}`, {
    headers: { authorization: `Bearer ${key}-0123456789abcdef` },
  })
const codeOf = async (response: Response) => {
  const problem: unknown = await response.json()
  return [response.status, (problem as { code?: unknown }).code]
}

beforeAll(async () => {
  service = await startEvaluations()
  const [one, two] = [await mask(1), await mask(2)]
  const masks = (...contents: Buffer[]) =>
    zipOf(...contents.map((content, k) => ({ name: `site/${'abcd'[k]}.png`, content })))
  const photos = [
    // On its side: what is shown is 64 by 48.
    ['a.jpg', await sharp({ create: blue }).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer()],
    [
      'b.jpg',
      await sharp({ create: { ...blue, width: 32 } })
        .jpeg()
        .toBuffer(),
    ],
    ['site/c.tif', Buffer.from('no photo')],
  ] as const
  run = await service.evaluated(
    'ann',
    evaluationForm(
      {
        ground_truth: masks(one, one, one, one),
        prediction: masks(two, one, one, one),
        images: zipOf(...photos.map(([name, content]) => ({ name, content }))),
      },
      { labels: 'classes', intervals: 'none' },
    ),
  )
}, 60_000)
afterAll(() => service.close())

describe('photos that are sent with an evaluation', () => {
  it('are found by the names of the items; who has none is counted', async () => {
    expect(run.state, JSON.stringify(run.problem)).toBe('done')
    expect(run.has_photos).toBe(true)
    expect((run.summary as { matching: { hints: string[] } }).matching.hints).toEqual([
      '1 of 4 items have no photo among the images.',
    ])
  })

  it('are answered upright, in the size of the masks or smaller, known by a tag', async () => {
    const whole = await get('/items/0/image')
    expect([whole.status, whole.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
    expect(whole.headers.get('etag')).toMatch(/^"/)
    const bytes = Buffer.from(await whole.arrayBuffer())
    const { width, height, orientation } = await sharp(bytes).metadata()
    expect([width, height, orientation]).toEqual([64, 48, undefined])
    const { dominant } = await sharp(bytes).stats()
    expect(dominant.b).toBeGreaterThan(dominant.r + 80)
    const small = await sharp(
      Buffer.from(await (await get('/items/0/image?size=16')).arrayBuffer()),
    ).metadata()
    expect([small.width, small.height]).toEqual([16, 12])
  })

  it('lie under the picture of the difference, and under those of the report', async () => {
    const picture = Buffer.from(await (await get('/items/0/overlay?size=16')).arrayBuffer())
    const { data } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
    // Yellow (confused) over blue, not over grey.
    const [red, , blueValue] = data
    expect(blueValue).toBeGreaterThan(70)
    expect(red).toBeGreaterThan(150)
    const html = await (await get('/report.html')).text()
    expect(html).toContain('data:image/png')
    // Its photo has another size: the report says why there is no picture.
    expect(html).toContain('32×48')
  })

  it('leave the report its own policy, under which its tables are sorted', async () => {
    const report = await get('/report.html')
    const [, policy] = /Content-Security-Policy" content="([^"]*)"/.exec(await report.text()) ?? []
    expect(policy).toMatch(/script-src 'sha256-/)
    expect(report.headers.get('content-security-policy')).toBe(`${policy}; frame-ancestors 'self'`)
  })

  it('are refused with the reason where they are of another size, no pictures, or not there', async () => {
    expect(await codeOf(await get('/items/1/image'))).toEqual([422, 'SIZE_MISMATCH'])
    expect(await codeOf(await get('/items/2/image'))).toEqual([415, 'UNSUPPORTED_FORMAT'])
    expect(await codeOf(await get('/items/3/image'))).toEqual([404, 'NOT_FOUND'])
    expect(await codeOf(await get('/items/0/image?size=15'))).toEqual([400, 'INVALID_OPTIONS'])
    expect(await codeOf(await get('/items/0/image', 'bob'))).toEqual([404, 'NOT_FOUND'])
  })
})
