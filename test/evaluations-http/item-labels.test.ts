import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { zipOf } from '../annotations/zip-writer.ts'
import { npy } from '../evaluations/running/dataset.ts'
import { readNpy } from '../http/read-npy.ts'
import { type EvaluatedService, evaluationForm, startEvaluations } from './evaluated-service.ts'

const truth = { a: [0, 0, 1, 1, 2, 2, 2, 0], b: [1, 1, 1, 1, 0, 0, 0, 0], c: [0, 1, 2, 3, 0, 1, 2, 3] }
const predicted = { a: [0, 1, 1, 1, 2, 2, 0, 0], b: [2, 2, 2, 1, 0, 0, 0, 0] }
const masks = (labels: Record<string, number[]>) =>
  Object.entries(labels).map(([key, row]) => ({ name: `${key}.npy`, content: npy(row) }))

let service: EvaluatedService
let id: string
const ask = (path: string, accept: Record<string, string> = {}, key: 'ann' | 'bob' = 'ann') =>
  fetch(`${service.url}/v1/evaluations/${id}/items/${path}`, {
    headers: { authorization: `Bearer ${key}-0123456789abcdef`, ...accept },
  })
const codeOf = async (response: Response): Promise<readonly [status: number, code: unknown]> => {
  const problem: unknown = await response.json()
  return [response.status, (problem as { code?: unknown }).code]
}
const planes = async (path: string) => {
  const response = await ask(path)
  expect(response.status, response.ok ? '' : await response.clone().text()).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/x-npy')
  return readNpy(await response.arrayBuffer())
}
const run = async (options: object, labels: Record<string, number[]> = predicted) => {
  const form = evaluationForm(
    {
      ground_truth: zipOf(...masks(truth)),
      prediction: zipOf(...masks(labels), { name: 'd.npy', content: npy([0]) }),
    },
    { on_missing: 'empty', intervals: 'none', ...options },
  )
  const ended = await service.evaluated('ann', form)
  expect(ended.state, JSON.stringify(ended.problem)).toBe('done')
  return ended.id
}

beforeAll(async () => {
  service = await startEvaluations()
  id = await run({ labels: 'classes' })
}, 60_000)
afterAll(() => service.close())

describe('the labels of an item', () => {
  it('are those of its files, and what POST /v1/labels answers for them', async () => {
    const asked = ['ground_truth', 'prediction', 'difference', 'counted']
    const { planes: found, shape } = await planes(`0/labels?planes=${asked}`)
    expect(shape).toEqual([4, 1, 8])
    expect([...found[0]]).toEqual(truth.a)
    expect([...found[1]]).toEqual(predicted.a)
    const form = new FormData()
    form.append('ground_truth', new Blob([new Uint8Array(npy(truth.a))]), 'a.npy')
    form.append('prediction', new Blob([new Uint8Array(npy(predicted.a))]), 'a.npy')
    form.append('options', JSON.stringify({ planes: asked, match: 'names' }))
    const pair = await service.call('ann', 'POST', '/v1/labels', { body: form })
    const ofItem = await ask(`0/labels?planes=${asked}`)
    expect(await ofItem.text()).toBe(pair.text)
  })

  it('come with the loss of each pixel, whose mean is the variation of information of its row', async () => {
    const row = await service.call('ann', 'GET', `/v1/evaluations/${id}/items/0`)
    const { planes: found, descr } = await planes('0/labels?planes=loss')
    const mean = [...found[0]].reduce((sum, bits) => sum + bits, 0) / found[0].length
    expect(descr).toBe('<f8')
    expect(mean).toBeGreaterThan(0)
    expect(mean).toBeCloseTo((row.json.scores as { vi: number }).vi, 12)
  })

  it('are answered by region and level', async () => {
    const { planes: found, shape } = await planes('0/labels?region=1,0,6,1&level=1')
    expect(shape).toEqual([2, 1, 3])
    expect([...found[0]]).toEqual([truth.a[1], truth.a[3], truth.a[5]])
  })

  it('are JSON for who asks for it, and compressed, and known by a tag', async () => {
    const json = await (await ask('1/labels?planes=prediction', { accept: 'application/json' })).json()
    expect(json).toMatchObject({
      width: 8,
      height: 1,
      planes: ['prediction'],
      match: 'names',
      data: [[predicted.b]],
    })
    expect(json).not.toHaveProperty('pixels')
    const zipped = await ask('1/labels', { 'accept-encoding': 'gzip' })
    expect(zipped.headers.get('content-encoding')).toBe('gzip')
    const tag = `${zipped.headers.get('etag')}`
    expect((await ask('1/labels', { 'accept-encoding': 'gzip', 'if-none-match': tag })).status).toBe(304)
  })

  it('agree by shapes where labels are objects, unless names are asked for', async () => {
    const ofClasses = id
    id = await run({ labels: 'objects' })
    const differing = async (query: string) => {
      const { planes: found } = await planes(`1/labels?planes=difference${query}`)
      return found[0].filter((code) => code > 0).length
    }
    expect([await differing(''), await differing('&match=names')]).toEqual([1, 3])
    id = ofClasses
  })

  it('tell what changed from another evaluation, block by block, though each was wrong in another pixel', async () => {
    const before = await run({ labels: 'classes' }, { a: [1, 0, 1, 0, 2, 2, 2, 2], b: predicted.b })
    // Truth 0 0 1 1 2 2 2 0; A is wrong at 0, 3, 7, B at 1, 6.
    const change = async (query: string) =>
      (await planes(`0/labels?planes=change&with=${before}${query}`)).planes
    expect([...(await change(''))[0]]).toEqual([2, 1, 0, 2, 0, 0, 1, 2])
    expect([...(await change('&level=1'))[0]]).toEqual([1, 2, 0, 1])
    const both = await ask(`1/labels?planes=prediction,change&with=${before}&region=0,0,1,1`, {
      accept: 'application/json',
    })
    expect(await both.json()).toMatchObject({
      pixels: { change: { right: 5, worse: 0, better: 0, wrong: 3, ignored: 0 } },
      data: [[[2]], [[3]]],
    })
    const other = await run({ labels: 'objects' })
    expect(await codeOf(await ask(`0/labels?planes=change&with=${other}`))).toEqual([409, 'NOT_COMPARABLE'])
    expect((await ask(`2/labels?planes=change&with=${before}`)).status).toBe(422)
    expect((await ask(`0/labels?planes=change&with=${before}`, {}, 'bob')).status).toBe(404)
  })

  it('of a ground truth are seen where there is no prediction', async () => {
    expect([...(await planes('2/labels?planes=ground_truth')).planes[0]]).toEqual(truth.c)
    const both = await ask('2/labels')
    expect(await codeOf(both)).toEqual([422, 'PREDICTION_MISSING'])
  })

  it.each([
    'planes=labels',
    'planes=loss,difference',
    'planes=',
    'region=0,0,9,1',
    'region=0,0,0,1',
    'region=1,2,3',
    'region=a,b,c,d',
    'level=16',
    'match=colours',
    'plane=loss',
    'with=0b6a1bc2-0000-4000-8000-000000000000',
    'level=1&level=2',
  ])('are refused for %s, by the name of the parameter', async (query) => {
    const response = await ask(`0/labels?${query}`)
    const { code, errors } = (await response.json()) as { code: string; errors: object[] }
    expect([response.status, code]).toEqual([400, 'INVALID_OPTIONS'])
    expect(errors).toMatchObject([{ pointer: `/${query.slice(0, query.indexOf('='))}` }])
  })

  it('are nobody else’s', async () => {
    const response = await ask('0/labels', {}, 'bob')
    expect(await codeOf(response)).toEqual([404, 'NOT_FOUND'])
    expect((await ask('7/labels')).status).toBe(404)
  })
})
