import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import refusals from '../../src/docs/common-refusals.json' with { type: 'json' }
import { problems } from '../../src/problems/catalogue.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { form, type Service, startService } from '../http/service.ts'
import { writeNifti } from '../oracle/nifti-writer.ts'
import { writeNrrd } from '../oracle/nrrd-writer.ts'

const secret = 'a-webhook-secret'
let service: Service
beforeAll(async () => {
  service = await startService({
    MASKSCORE_CVAT_HOOK_SECRET: secret,
    MASKSCORE_LABEL_STUDIO_HOOK_SECRET: secret,
  })
})
afterAll(() => service.close())

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url))
const sample = (name: string) => read(`decode-samples/${name}`)
const fault = (name: string) => read(`faults/files/${name}`)
const [truth, prediction] = ['ground-truth', 'prediction'].map((name) => read(`../examples/pair/${name}.png`))
const [png, tiff] = [sample('png-grey8.png'), sample('tiff-u8.tif')]

interface Sent {
  readonly path: string
  readonly body: FormData | string | Uint8Array
  readonly headers?: Record<string, string>
}

const inspect = (mask: Uint8Array, options: object = {}): Sent => ({
  path: '/v1/inspect',
  body: form({ mask, options }),
})
const score = (parts: Record<string, Uint8Array | object>): Sent => ({ path: '/v1/score', body: form(parts) })
const pair = (options: object): Sent => score({ ground_truth: truth, prediction, options })
const json = (body: object): Sent => ({
  path: '/v1/score',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json' },
})
const rows = (...data: number[][]) => ({ format: 'labels', data })
const optionsText = (text: string): Sent => {
  const body = form({ ground_truth: truth, prediction })
  body.append('options', text)
  return { path: '/v1/score', body }
}
const cvat = (key: string): Sent => {
  const body = JSON.stringify({ event: 'ping', webhook: { id: 7 } })
  const signature = `sha256=${createHmac('sha256', key).update(body).digest('hex')}`
  const headers = { 'content-type': 'application/json', 'x-signature-256': signature }
  return { path: '/v1/hooks/cvat', body, headers }
}
const labelStudio = (key: string): Sent => ({
  path: '/v1/hooks/label-studio',
  body: JSON.stringify({ action: 'PING' }),
  headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
})

function npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = `${`{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`.padEnd(117)}\n`
  return Uint8Array.from([
    0x93,
    ...Buffer.from('NUMPY'),
    1,
    0,
    header.length,
    0,
    ...Buffer.from(header),
    ...values,
  ])
}
const colours = (...pixels: readonly (readonly number[])[]) =>
  sharp(Uint8Array.from(pixels.flat()), { raw: { width: pixels.length, height: 1, channels: 3 } })
    .png()
    .toBuffer()

/** Two voxels that lie to the right of each other, or to the left. */
const volume = (step: 1 | -1) =>
  writeNifti({
    sides: [2, 1, 2],
    data: Uint8Array.of(0, 1, 1, 0),
    sform: [step, 0, 0, step < 0 ? 1 : 0, 0, 1, 0, 0, 0, 0, 1, 0],
  })
const frames = writeNifti({ sides: [1, 1, 2, 2], data: Uint8Array.of(0, 1, 1, 0) })
const layers = writeNrrd({
  sizes: [2, 1, 1, 2],
  data: Uint8Array.of(0, 1, 1, 0),
  fields: { kinds: 'list domain domain domain' },
  pairs: { Segment0_Name: 'a', Segment1_Name: 'b', Segment1_Layer: '1' },
})

type Followed = readonly [sent: Sent, followed: Sent]
const redAndGreen = await colours([255, 0, 0], [0, 255, 0])
const zip = zipOf({ name: 'm.png', content: png })
const row = read('../examples/labeling/labelbox/ground-truth.ndjson').toString().trim()
const twoRows = Buffer.from(`${row}\n${row.replace('scene.png', 'other.png').replace('"row"', '"row2"')}\n`)
const grey = sample('png-pal8-grey-permuted.png')

/** What is sent, and what the remedy of its refusal makes of it. */
const cases: Readonly<Record<string, Followed>> = {
  'zip-encrypted': [inspect(fault('m01-zip-encrypted.zip')), inspect(zip)],
  'zip-bzip2': [inspect(fault('m02-zip-bzip2.zip')), inspect(zip)],
  'zip-several-masks': [
    inspect(fault('m03-zip-several-masks.zip')),
    inspect(fault('m03-zip-several-masks.zip'), { image: 'a.png' }),
  ],
  'zip-of-photos': [inspect(fault('m04-zip-of-photos-only.zip')), inspect(zip)],
  'voc-boxes': [
    inspect(fault('m06-voc-boxes-xml.xml')),
    inspect(sample('png-pal8-voc.png'), { preset: 'voc' }),
  ],
  'one-plane-per-class': [inspect(fault('m07-onehot-npy.npy')), inspect(npy([2, 2], [0, 1, 4, 0]))],
  'one-channel-per-class': [inspect(fault('m08-onehot-tiff.tif')), inspect(tiff)],
  'kaggle-table': [
    inspect(fault('m09-kaggle-csv.csv'), { format: 'kaggle_rle', width: 16, height: 12 }),
    inspect(Buffer.from('1 3 20 4'), { format: 'kaggle_rle', width: 16, height: 12 }),
  ],
  'html-page': [inspect(fault('m13-html-page.html')), inspect(png)],
  'git-lfs': [inspect(fault('m14-git-lfs-pointer.png')), inspect(png)],
  ndjson: [inspect(twoRows), inspect(twoRows, { image: 'scene.png' })],
  'png-with-format': [inspect(png, { format: 'coco' }), inspect(png)],
  'encord-video': [
    inspect(fault('m17-encord-video.json')),
    inspect(fault('m17-encord-video.json'), { image: '0' }),
  ],
  'volume-orientation': [
    score({ ground_truth: volume(-1), prediction: volume(1) }),
    score({ ground_truth: volume(-1), prediction: volume(1), options: { geometry: 'reorient' } }),
  ],
  'volume-of-frames': [inspect(frames), inspect(frames, { frame: 0 })],
  'overlapping-segments': [inspect(layers), inspect(layers, { layer: 1 })],
  turned: [
    json({ ground_truth: rows([0, 1, 1], [0, 0, 1]), prediction: rows([0, 0], [1, 0], [1, 1]) }),
    json({ ground_truth: rows([0, 1, 1], [0, 0, 1]), prediction: rows([0, 1, 1], [0, 0, 1]) }),
  ],
  'other-size': [
    json({ ground_truth: rows([0, 1, 1]), prediction: rows([0, 1]) }),
    json({ ground_truth: rows([0, 1, 1]), prediction: rows([0, 1]), options: { resize: 'nearest' } }),
  ],
  'preset-on-top': [pair({ preset: 'voc' }), pair({ ground_truth: { preset: 'voc' } })],
  'check-without-slash': [
    pair({ checks: [{ metric: 'mi_loss', max: 1 }] }),
    pair({ checks: [{ metric: '/mi_loss', max: 1 }] }),
  ],
  'check-with-dots': [
    pair({ checks: [{ metric: 'overlap.mean_iou', min: 0 }] }),
    pair({ checks: [{ metric: '/overlap/mean_iou', min: 0 }] }),
  ],
  'misspelt-option': [pair({ ignore_label: [255] }), pair({ ignore_labels: [255] })],
  'one-in-place-of-a-list': [pair({ ignore_labels: 255 }), pair({ ignore_labels: [255] })],
  'options-in-single-quotes': [optionsText("{'binary': true}"), optionsText('{"binary": true}')],
  'cvat-signature': [cvat('another-secret'), cvat(secret)],
  'label-studio-secret': [labelStudio('another-secret'), labelStudio(secret)],
  jpeg: [inspect(sample('jpeg-q100-exif6.jpg')), inspect(png)],
  'lossy-webp': [inspect(sample('webp-lossy.webp')), inspect(sample('webp-lossless-grey.webp'))],
  gif: [inspect(sample('gif-animated.gif')), inspect(png)],
  animated: [inspect(sample('png-apng-2frames.png')), inspect(png)],
  orientation: [inspect(sample('png-grey8-exif-orient6.png')), inspect(png)],
  'grey-palette': [inspect(grey), inspect(grey, { palette: 'index' })],
  colours: [inspect(redAndGreen), inspect(redAndGreen, { color: 'rgb24' })],
  'colour-not-in-map': [
    inspect(redAndGreen, { color: { '#ff0000': 1 } }),
    inspect(redAndGreen, { color: { '#ff0000': 1, '#00ff00': 2 } }),
  ],
  transparent: [
    inspect(sample('png-rgba8-partial-alpha.png')),
    inspect(sample('png-rgba8-partial-alpha.png'), { alpha: 'ignore', color: 'rgb24' }),
  ],
  'cut-off': [inspect(sample('bad-truncated-50.png')), inspect(png)],
  damaged: [inspect(sample('bad-idat-crc.png')), inspect(png)],
  empty: [inspect(sample('empty.bin')), inspect(png)],
  probabilities: [inspect(sample('tiff-f32-fraction.tif')), inspect(sample('tiff-f32-integral.tif'))],
  negative: [
    inspect(sample('tiff-i16-negative.tif')),
    inspect(sample('tiff-i16-negative.tif'), { negative: 'keep' }),
  ],
  pages: [inspect(sample('tiff-stack3.tif')), inspect(sample('tiff-stack3.tif'), { stack: 'volume' })],
  'tiff-compression': [inspect(sample('tiff-u8-zstd.tif')), inspect(sample('tiff-u8-lzw.tif'))],
  'white-is-zero': [inspect(sample('tiff-miniswhite8.tif')), inspect(tiff)],
  'missing-part': [score({ ground_truth: truth }), pair({})],
  'unknown-part': [score({ gt: truth, pred: prediction }), pair({})],
  'bare-image': [{ path: '/v1/score', body: truth, headers: { 'content-type': 'image/png' } }, pair({})],
  'mask-as-text': [
    json({ ground_truth: truth.toString('base64'), prediction: 'prediction.png' }),
    json({
      ground_truth: { format: 'image', data: truth.toString('base64') },
      prediction: { format: 'image', data: prediction.toString('base64') },
    }),
  ],
  'bare-rows': [
    json({ ground_truth: [[0, 1]], prediction: [[0, 1]] }),
    json({ ground_truth: rows([0, 1]), prediction: rows([0, 1]) }),
  ],
}

async function send({ path, body, headers }: Sent) {
  const response = await fetch(service.url + path, {
    method: 'POST',
    body: body as string,
    ...(headers && { headers }),
  })
  return { status: response.status, text: await response.text() }
}

const masks = (count: number): Sent => {
  const body = new FormData()
  for (let index = 0; index < count; index++) body.append('masks', new Blob([truth]), `${index}.png`)
  return { path: '/v1/agreement', body }
}
const multipart = { 'content-type': 'multipart/form-data; boundary=x' }

/** Refusals that are too rare for the table, by their codes. */
const rarer: Readonly<Record<string, Followed>> = {
  TOO_MANY_MASKS: [masks(21), masks(20)],
  MALFORMED_MULTIPART: [{ path: '/v1/score', body: '--x\r\n', headers: multipart }, pair({})],
  LABEL_OUT_OF_RANGE: [
    json({ ground_truth: rows([0, 2 ** 33]), prediction: rows([0, 1]) }),
    json({ ground_truth: rows([0, 2 ** 32 - 1]), prediction: rows([0, 1]) }),
  ],
  NOT_FOUND: [{ ...pair({}), path: '/score' }, pair({})],
  METHOD_NOT_ALLOWED: [{ ...pair({}), path: '/v1/metrics' }, pair({})],
}

const ofDatasets = 'datasets alone: test/evaluations, test/commands'
const byLimit = 'a limit that the operator sets: test/http/limits.test.ts, test/decoding'
const waiting = 'the same request is sent later: test/plugins'
const byTool = 'the labeling tool is away: test/hooks'
const overHttp = 'evaluations over HTTP: test/evaluations-http, test/store, test/evaluations/sources/https'
const ofMaps = 'maps of probabilities: test/http/probability-maps.test.ts'
/** Codes whose remedy is not another request, and where they are tried. */
const elsewhere: Readonly<Record<string, string>> = {
  AMBIGUOUS_MATCH: ofDatasets,
  ARCHIVE_TOO_LARGE: ofDatasets,
  CHANNELS_AMBIGUOUS: ofMaps,
  CLASS_COUNT_MISMATCH: ofMaps,
  CLIENT_GONE: 'nobody is there to read it',
  DECODER_MISMATCH: 'a fault of the service',
  DRAINING: waiting,
  FOREIGN_FILES: ofDatasets,
  FOREIGN_ORIGIN: overHttp,
  GONE: overHttp,
  IDEMPOTENCY_IN_PROGRESS: overHttp,
  IDEMPOTENCY_MISMATCH: overHttp,
  IMAGE_TOO_LARGE: byLimit,
  INPUT_TOO_LARGE: byLimit,
  INTERNAL: 'a fault of the service',
  INVALID_MANIFEST: ofDatasets,
  IN_USE: overHttp,
  MALFORMED_REQUEST: 'no client sends it: test/plugins',
  NOTHING_MATCHED: ofDatasets,
  NOT_COMPARABLE: ofDatasets,
  NOT_FINISHED: overHttp,
  NOT_PROBABILITIES: ofMaps,
  NOT_RESUMABLE: ofDatasets,
  OVERLOADED: waiting,
  PREDICTION_MISSING: ofDatasets,
  PREDICTION_UNMATCHED: ofDatasets,
  QUEUE_FULL: waiting,
  QUOTA_EXCEEDED: overHttp,
  RATE_LIMITED: waiting,
  RECEIVE_TIMEOUT: waiting,
  RESULTS_DAMAGED: ofDatasets,
  RESULTS_IN_USE: ofDatasets,
  RESULTS_UNWRITABLE: 'test/evaluations/running/writable-folder.test.ts',
  SOURCE_CHANGED: overHttp,
  SOURCE_REFUSED: overHttp,
  SOURCE_UNREACHABLE: overHttp,
  STORAGE_FULL: overHttp,
  STORE_UNAVAILABLE: overHttp,
  TIMED_OUT: waiting,
  TOOL_ANSWER: byTool,
  TOOL_REFUSED: byTool,
  TOOL_UNREACHABLE: byTool,
  TOO_MANY_ITEMS: ofDatasets,
  TOO_MANY_LABELS: byLimit,
  UNREADABLE_FILE: ofDatasets,
  UNSAFE_ARCHIVE: ofDatasets,
}

describe('what is sent most often and refused', () => {
  it('stands in the table, and each row is tried here', () => {
    expect(refusals.map(({ id }) => id).sort()).toEqual(Object.keys(cases).sort())
    expect(refusals.length).toBeGreaterThanOrEqual(40)
  })

  it.each(refusals)('$id: the refusal says so, and what it advises is answered', async ({ id, says }) => {
    const [sent, followed] = cases[id]
    const refused = await send(sent)
    expect(refused.status, refused.text).toBeGreaterThanOrEqual(400)
    expect(refused.status).toBeLessThan(500)
    const { detail, remedy } = JSON.parse(refused.text)
    expect(detail).toContain(says)
    expect(remedy).toMatch(/\.$/)
    const answer = await send(followed)
    expect([200, 202], answer.text).toContain(answer.status)
  })

  it.each(Object.entries(rarer))('%s: what it advises is answered', async (code, [sent, followed]) => {
    expect(JSON.parse((await send(sent)).text)).toMatchObject({ code })
    const answer = await send(followed)
    expect(answer.status, answer.text).toBe(200)
  })

  it('is of every code of the catalogue, but for those that are tried elsewhere', async () => {
    const met = new Set(Object.keys(rarer))
    for (const [sent] of Object.values(cases)) met.add(JSON.parse((await send(sent)).text).code)
    const others = Object.keys(problems).filter((code) => !met.has(code))
    expect(others.sort()).toEqual(Object.keys(elsewhere).sort())
  })

  it('a mask that was saved transposed is never advised to be resized, which would score it wrongly', async () => {
    const { remedy } = JSON.parse((await send(cases.turned[0])).text)
    expect(remedy).toContain('Transpose')
    expect(remedy).not.toContain('`resize`')
  })

  it('a webhook with another secret is not advised to send a key of the service', async () => {
    for (const id of ['cvat-signature', 'label-studio-secret']) {
      const { remedy } = JSON.parse((await send(cases[id][0])).text)
      expect(remedy).toContain('_HOOK_SECRET')
      expect(remedy).not.toContain('<key>')
    }
  })
})
