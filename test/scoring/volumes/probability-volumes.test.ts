import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { defaultLimits, type Limits } from '../../../src/limits.ts'
import { Refusal } from '../../../src/problems/refusal.ts'
import { parseScoreOptions } from '../../../src/scoring/request/parse-options.ts'
import { scorePair } from '../../../src/scoring/score.ts'
import { writeMetaImage } from '../../oracle/metaimage-writer.ts'
import { type NiftiNumbers, voxelBytes, writeNifti } from '../../oracle/nifti-writer.ts'
import { writeNpy } from '../../oracle/npy-writer.ts'
import { writeNrrd } from '../../oracle/nrrd-writer.ts'

const sides = [4, 3, 2]
const voxels = 24
const sform = [0.5, 0, 0, 10, 0, 0.7, 0, -20, 0, 0, 2, 5]
const labels = Uint8Array.from({ length: voxels }, (_, i) => ((i * i + 3 * i) % 7) % 3)
/** Eighths of three classes, which floats hold exactly and which add up without rounding. */
const share = (c: number, i: number) => [1 + (i % 3), 5 - (i % 3), 2][(c + i) % 3] / 8
const planes = Float32Array.from({ length: 3 * voxels }, (_, k) => share(Math.floor(k / voxels), k % voxels))
/** The same with the classes of each voxel beside each other. */
const beside = Float32Array.from({ length: 3 * voxels }, (_, k) => share(k % 3, Math.floor(k / 3)))

const truth = writeNifti({ sides, data: labels, sform })
const nifti = (data: NiftiNumbers, more: Partial<Parameters<typeof writeNifti>[0]> = {}) =>
  writeNifti({ sides: [...sides, 3], data, sform, ...more })

const families = ['overlap', 'soft', 'calibration', 'thresholds'] as const

async function score(
  prediction: Uint8Array,
  {
    probabilities = {},
    groundTruth = truth,
    ...options
  }: Record<string, unknown> & { groundTruth?: Uint8Array } = {},
  limits: Partial<Limits> = {},
) {
  const { prediction: side, ...others } = options
  const asked = parseScoreOptions({ families, prediction: { probabilities, ...Object(side) }, ...others })
  const masks = {
    groundTruth: { kind: 'file', bytes: groundTruth },
    prediction: { kind: 'file', bytes: prediction },
  } as const
  const context = { limits: { ...defaultLimits, ...limits }, pngDecoder: 'auto' } as const
  return (await scorePair(masks, asked, context)).report
}

const refusal = async (...args: Parameters<typeof score>): Promise<Refusal> => {
  const end = await score(...args).catch((error: unknown) => error)
  if (end instanceof Refusal) return end
  throw end instanceof Error ? end : new Error('the pair was scored, not refused')
}

const scoresOf = ({ overlap, soft, calibration, thresholds }: Awaited<ReturnType<typeof score>>) => ({
  overlap,
  soft,
  calibration,
  thresholds,
})

const wanted = async () =>
  scoresOf(await score(writeNpy({ descr: '<f4', shape: [3, 2, 3, 4], values: [...planes] })))

describe('a probability map in a volume file', () => {
  it.each<[string, Uint8Array]>([
    ['a NIfTI with a frame for each class', nifti(planes)],
    ['a gzipped NIfTI', gzipSync(nifti(planes))],
    ['a NIfTI of the other byte order', nifti(planes, { bigEndian: true })],
    ['a NIfTI-2 of float64', nifti(Float64Array.from(planes), { version: 2 })],
    ['a NIfTI with a vector for each voxel, as ITK writes it', nifti(planes, { sides: [...sides, 1, 3] })],
    [
      'a NIfTI of scaled integers',
      nifti(
        Int16Array.from(planes, (q) => 1024 * q - 128),
        { slope: 1 / 1024, intercept: 1 / 8 },
      ),
    ],
    [
      'an NRRD with the classes of a voxel beside each other',
      writeNrrd({
        sizes: [3, ...sides],
        type: 'float',
        data: voxelBytes(beside),
        gzip: true,
        fields: { kinds: 'list domain domain domain' },
      }),
    ],
    [
      'an NRRD with a volume for each class',
      writeNrrd({
        sizes: [...sides, 3],
        type: 'float',
        data: voxelBytes(planes),
        fields: { kinds: 'domain domain domain list' },
      }),
    ],
    [
      'a MetaImage of several channels',
      writeMetaImage({
        sides,
        type: 'MET_FLOAT',
        data: voxelBytes(beside),
        compressed: true,
        fields: {
          ElementNumberOfChannels: '3',
          Offset: '-10 20 5',
          ElementSpacing: '0.5 0.7 2',
          TransformMatrix: '-1 0 0 0 -1 0 0 0 1',
        },
      }),
    ],
    [
      'a MetaImage of four axes',
      writeMetaImage({ sides: [...sides, 3], type: 'MET_FLOAT', data: voxelBytes(planes) }),
    ],
  ])('has the scores of the array: %s', async (_, file) => {
    const report = await score(file)
    expect(scoresOf(report)).toEqual(await wanted())
    expect(report).toMatchObject({ width: 4, height: 3, depth: 2 })
  })

  it('of 8 bits is read as parts of 255, of one volume as the foreground', async () => {
    const foreground = Uint8Array.from(labels, (label) => (label > 0 ? 204 : 51))
    const binary = writeNifti({ sides, data: Uint8Array.from(labels, (label) => Number(label > 0)), sform })
    const { soft } = await score(writeNifti({ sides, data: foreground, sform }), { groundTruth: binary })
    expect(soft?.log_loss).toBeCloseTo(-Math.log(0.8), 12)
  })

  it('of an image may have its classes on the axis of slices', async () => {
    const image = writeNifti({ sides: [6, 4], data: labels })
    const map = writeNifti({ sides: [6, 4, 3], data: planes })
    const array = writeNpy({ descr: '<f4', shape: [3, 4, 6], values: [...planes] })
    const expected = scoresOf(await score(array, { groundTruth: image }))
    expect(scoresOf(await score(map, { groundTruth: image }))).toEqual(expected)
  })

  it('is one class of it where a frame or a layer is named', async () => {
    const binary = writeNifti({ sides, data: Uint8Array.from(labels, (label) => Number(label === 2)), sform })
    const one = writeNpy({ descr: '<f4', shape: [2, 3, 4], values: [...planes.subarray(2 * voxels)] })
    const expected = scoresOf(await score(one, { groundTruth: binary }))
    const named = await score(nifti(planes), { groundTruth: binary, prediction: { frame: 2 } })
    expect(scoresOf(named)).toEqual(expected)
    const layers = writeNrrd({
      sizes: [3, ...sides],
      type: 'float',
      data: voxelBytes(beside),
      fields: { kinds: 'list domain domain domain' },
    })
    const layer = await score(layers, { groundTruth: binary, prediction: { layer: 2 } })
    expect(scoresOf(layer)).toEqual(expected)
  })

  it('knows its channels although both sides are maps of volumes', async () => {
    const options = { ground_truth: { probabilities: {} }, soft: { coupling: 'maximal' } }
    const { soft } = await score(nifti(planes), { ...options, groundTruth: nifti(planes) })
    expect(soft).toMatchObject({ mi_loss: 0, js: 0, classes: 3 })
    const single = writeNifti({ sides, data: planes.subarray(0, voxels), sform })
    expect((await score(single, { ...options, groundTruth: single })).soft?.mi_loss).toBe(0)
  })

  it('is compared by where its voxels lie, and turned exactly on request', async () => {
    /** x runs backwards, then y and z are exchanged. */
    const turned = (data: Float32Array) =>
      Float32Array.from({ length: data.length }, (_, k) => {
        const [x, z] = [k % 4, Math.floor(k / 4) % 2]
        const [y, c] = [Math.floor(k / 8) % 3, Math.floor(k / voxels)]
        return data[c * voxels + z * 12 + y * 4 + 3 - x]
      })
    const file = nifti(turned(planes), {
      sides: [4, 2, 3, 3],
      sform: [-0.5, 0, 0, 11.5, 0, 0, 0.7, -20, 0, 2, 0, 5],
    })
    const left = await refusal(file)
    expect([left.code, left.remedy]).toEqual(['GEOMETRY_MISMATCH', expect.stringContaining('"reorient"')])
    const report = await score(file, { geometry: 'reorient' })
    expect(scoresOf(report)).toEqual(await wanted())
    expect(report.warnings.map(({ code }) => code)).toEqual(['REORIENTED'])
  })

  it.each<[string, Uint8Array, string, RegExp]>([
    ['integers without a scale', nifti(Int16Array.from(planes)), 'UNSUPPORTED_PIXEL_FORMAT', /float32/],
    ['a volume that is cut', nifti(planes).subarray(0, -5), 'TRUNCATED', /whole file/],
    ['a gzip that is cut', gzipSync(nifti(planes)).subarray(0, -20), 'TRUNCATED', /whole file/],
    ['labels', writeNifti({ sides, data: labels, sform }), 'NOT_PROBABILITIES|CLASS_COUNT_MISMATCH', /./],
  ])('is refused with the way out: %s', async (_, file, code, remedy) => {
    const { code: found, remedy: way } = await refusal(file)
    expect(found).toMatch(new RegExp(`^(${code})$`))
    expect(way).toMatch(remedy)
  })

  it('of which one frame is read is refused where a later one is missing', async () => {
    const binary = writeNifti({ sides, data: Uint8Array.from(labels, (label) => Number(label > 0)), sform })
    const cut = nifti(planes).subarray(0, -5)
    const { code } = await refusal(cut, { groundTruth: binary, prediction: { frame: 0 } })
    expect(code).toBe('TRUNCATED')
  })

  it('is never resized', async () => {
    const small = writeNifti({ sides: [3, 2, 2, 3], data: new Float32Array(36).fill(1 / 3) })
    const { code, remedy } = await refusal(small, { resize: 'nearest' })
    expect([code, remedy]).toEqual(['SIZE_MISMATCH', expect.stringContaining('never resized')])
  })

  it('is held against the limit of maps by its header, before anything is inflated', async () => {
    const zeros = gzipSync(nifti(new Float32Array(3 * voxels)))
    const { code, message } = await refusal(zeros, {}, { maxProbabilityBytes: 200 })
    expect([code, message]).toEqual(['IMAGE_TOO_LARGE', expect.stringContaining('72 values of float32')])
  })

  it('is what a file of several frames is advised to be, when it was sent as labels', async () => {
    const asked = parseScoreOptions({})
    const masks = {
      groundTruth: { kind: 'file', bytes: truth },
      prediction: { kind: 'file', bytes: nifti(planes) },
    } as const
    const context = { limits: defaultLimits, pngDecoder: 'auto' } as const
    await expect(scorePair(masks, asked, context)).rejects.toMatchObject({
      code: 'MULTI_PAGE',
      remedy: expect.stringContaining('set `probabilities` to {}'),
    })
  })
})
