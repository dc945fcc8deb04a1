import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { at, post, type Service, startService } from './service.ts'

let service: Service
beforeAll(async () => {
  service = await startService()
})
afterAll(() => service.close())

const rows = (...data: number[][]) => ({ format: 'labels', data })

async function report(truth: object, prediction: object, options: object = {}) {
  const { status, json } = await post(service, '/v1/score', { ground_truth: truth, prediction, options })
  expect(status, JSON.stringify(json)).toBe(200)
  return json
}

const codes = (json: Record<string, unknown>) => (json.warnings as { code: string }[]).map(({ code }) => code)

describe('options', () => {
  it('take every label but 0 as foreground on both sides with binary', async () => {
    const json = await report(rows([0, 3, 5, 0]), rows([0, 255, 255, 255]), {
      binary: true,
      include: ['contingency'],
    })
    expect(json.contingency).toEqual([
      [0, 0, 1],
      [0, 1, 1],
      [1, 1, 2],
    ])
  })

  it.each([
    [2, 'bits', 1],
    ['e', 'nats', Math.LN2],
    [10, 'hartleys', Math.log10(2)],
  ])('log_base %s answers in %s', async (log_base, unit, entropy) => {
    const json = await report(rows([0, 1]), rows([7, 8]), { log_base })
    expect(at(json, '/information/unit')).toBe(unit)
    expect(at(json, '/information/mi')).toBeCloseTo(entropy, 15)
    expect(json.mi_loss).toBe(0)
  })

  it.each([
    [{ 0: 'road', 2: 'car' }, [0, 2]],
    [
      ['road', 'tree', 'car'],
      [0, 1, 2],
    ],
  ])('classes %j name the rows, and list them', async (classes, listed) => {
    const json = await report(rows([0, 2]), rows([0, 0]), { classes })
    const perClass = at(json, '/overlap/per_class') as { label: number; name: string }[]
    expect(perClass.map(({ label }) => label).sort()).toEqual(listed)
    expect(perClass.find(({ label }) => label === 2)?.name).toBe('car')
    expect(at(json, '/overlap/worst')).toMatchObject({ label: 2, name: 'car', iou: 0 })
  })

  it('compute only the families that are requested, and no checks on the others', async () => {
    const json = await report(rows([0, 1]), rows([0, 1]), {
      families: ['pairs'],
      checks: [
        { metric: '/pairs/ari', min: 1 },
        { metric: '/overlap/kappa', min: 0 },
      ],
    })
    expect(json).not.toHaveProperty('information')
    expect(json).not.toHaveProperty('overlap')
    expect(json).not.toHaveProperty('contingency')
    expect((json.checks as { result: string }[]).map(({ result }) => result)).toEqual([
      'pass',
      'not_computed',
    ])
  })

  it('add the AMI on request', async () => {
    const truth = rows([0, 0, 1, 1])
    expect(at(await report(truth, truth), '/information/ami')).toBeUndefined()
    const asked = await report(truth, truth, { include: ['ami'] })
    expect(at(asked, '/information/ami/arithmetic')).toBe(1)
  })

  it('make 0 an object like any other with background null', async () => {
    const count = async (background: number | null) =>
      at(
        await report(rows([0, 1]), rows([0, 1]), { families: ['instances'], background }),
        '/instances/ground_truth_count',
      )
    expect(await count(0)).toBe(1)
    expect(await count(null)).toBe(2)
  })

  it('resize a prediction of another size with resize nearest, and warn of it', async () => {
    const json = await report(rows([0, 0, 1, 1], [0, 0, 1, 1]), rows([0, 1]), { resize: 'nearest' })
    expect(json.mi_loss).toBe(0)
    expect(codes(json)).toContain('RESIZED')
  })

  it('are echoed as understood, defaults filled in', async () => {
    const json = await report(rows([0, 1]), rows([0, 1]), { families: ['all'] })
    expect(json.options).toMatchObject({
      families: [
        'information',
        'pairs',
        'overlap',
        'regions',
        'instances',
        'boundary',
        'lesions',
        'detection',
        'soft',
        'calibration',
        'thresholds',
      ],
      log_base: 2,
      ignore_labels: [],
      resize: 'never',
      checks: [],
    })
  })
})

describe('the unit of distances and tolerances', () => {
  async function unitOf(options: object, data: unknown = [[0, 1]]): Promise<unknown> {
    const mask = { format: 'labels', data }
    return at(await report(mask, mask, options), '/options/boundary/unit')
  }

  it.each([
    ['pixels', {}, 'pixel'],
    ['millimetres with a spacing', { boundary: { spacing: [1, 2] } }, 'mm'],
    ['what the caller says', { boundary: { spacing: [1, 2], unit: 'pixel' } }, 'pixel'],
  ])('is echoed: %s', async (_, options, unit) => {
    expect(await unitOf(options)).toBe(unit)
  })

  it('is voxels in a volume', async () => {
    expect(await unitOf({}, [[[0, 1]]])).toBe('voxel')
  })

  it('is not millimetres where nothing tells the size of a pixel', async () => {
    const mask = rows([0, 1])
    const options = { boundary: { unit: 'mm' } }
    const { status, json } = await post(service, '/v1/score', {
      ground_truth: mask,
      prediction: mask,
      options,
    })
    expect(status).toBe(400)
    expect(json).toMatchObject({ code: 'INVALID_OPTIONS', detail: expect.stringContaining('`spacing`') })
  })
})

describe('warnings', () => {
  it.each([
    ['CONSTANT_MASK', rows([0, 1]), rows([3, 3])],
    ['BACKGROUND_ONLY', rows([0, 1]), rows([0, 0])],
    ['LABEL_SETS_DISJOINT', rows([0, 1]), rows([2, 3])],
    ['SWAPPED_LABELS', rows([0, 1]), rows([1, 0])],
  ])('%s is given where it applies, and only there', async (code, truth, prediction) => {
    expect(codes(await report(truth, prediction))).toContain(code)
    expect(codes(await report(truth, truth))).not.toContain(code)
  })
})
