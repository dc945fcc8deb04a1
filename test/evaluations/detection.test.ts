import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCommand } from '../../src/commands/run-command.ts'
import type { ItemRow } from '../../src/evaluations/rows/item-row.ts'
import { pooled } from '../../src/evaluations/summary/pooled.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import { Tally } from '../../src/evaluations/tally/tally.ts'
import { parseScoreOptions } from '../../src/scoring/request/parse-options.ts'
import type { DetectionCase } from '../metrics/detection/golden-detections.ts'
import { caseOf, detectionRows } from './detection-rows.ts'

const options = parseScoreOptions({ families: ['detection'] })
const pooledOf = (tally: Tally) =>
  pooled(tally, { labels: 'classes', assumed: false }, { names: { nameOf: new Map() }, scoring: options })

function expectWithin(found: unknown, expected: Readonly<Record<string, unknown>>): void {
  const scores = found as Readonly<Record<string, unknown>>
  for (const [name, value] of Object.entries(expected))
    if (typeof value === 'number') expect(scores[name], name).toBeCloseTo(value, 12)
    else if (value === null) expect(scores[name], name).toBeNull()
}

describe('rows of images with detections', () => {
  it.each(['random-medium', 'forty-images', 'crowds', 'score-ties', 'over-100-detections', 'boxes'])(
    'add up to the AP of the dataset, for %s',
    async (name) => {
      const golden = caseOf(name)
      const tally = new Tally()
      for (const row of await detectionRows(golden)) tally.add(row)
      const { detection } = pooledOf(tally).value
      expectWithin(detection, golden.expect)
      const shown = new Map(detection?.per_category.map((row) => [row.label, row]))
      for (const { category, ...row } of golden.expect.per_category)
        if (row.ap !== null) expectWithin(shown.get(category), row)
    },
  )

  it('have the same bytes for any split and order of merges', async () => {
    const rows = await detectionRows(caseOf('score-ties'))
    const tallyOf = (list: readonly ItemRow[]) => {
      const tally = new Tally()
      for (const row of list) tally.add(row)
      return tally
    }
    const whole = JSON.stringify(pooledOf(tallyOf(rows)))
    for (let cut = 0; cut <= rows.length; cut++) {
      const [first, second] = [tallyOf(rows.slice(0, cut)), tallyOf(rows.slice(cut).reverse())]
      second.merge(first)
      expect(JSON.stringify(pooledOf(second))).toBe(whole)
    }
  })
})

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'maskscore-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function evaluate(golden: Pick<DetectionCase, 'ground_truth' | 'results'>, ...args: string[]) {
  const place = (name: string, document: unknown) => {
    const path = join(folder, name)
    writeFileSync(path, JSON.stringify(document))
    return path
  }
  const paths = [place('truth.json', golden.ground_truth), place('results.json', golden.results)]
  const out: string[] = []
  const err: string[] = []
  const terminal = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) }
  const code = await runCommand(['evaluate', ...paths, ...args], {}, terminal)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

/** Named as the image. */
const photoOf = (id: number) => `${String(id).padStart(6, '0')}.png`
const asked = ['--options', '{"families":["detection"]}']

describe('evaluate on a COCO dataset and its results', () => {
  it('answers AP and AR, and the AP of each image, with any number of threads', async () => {
    const golden = caseOf('random-medium')
    const one = await evaluate(golden, ...asked, '--json', '--threads', '1')
    expect(one.code, one.err).toBe(0)
    const summary: Summary = JSON.parse(one.out)
    expectWithin(summary.pooled.detection, golden.expect)
    expect(summary.macro.ap).toMatchObject({ defined: 9, undefined: { empty_ground_truth: 1 } })
    expect((await evaluate(golden, ...asked, '--json', '--threads', '2')).out).toBe(one.out)
  })

  it.each([
    // Detections of a category that the ground truth does not list, and on images that it does not list.
    ['absent-categories-and-images', 'mask', 'UNKNOWN_CATEGORIES'],
    ['unknown-images', 'mask', undefined],
    ['missing-fields', 'mask', undefined],
    ['boxes', 'box', undefined],
  ])('answers the case %s by the IoU of a %s', async (name, iou, code) => {
    const golden = caseOf(name)
    const detection = ['--options', JSON.stringify({ families: ['detection'], detection: { iou } })]
    const { out } = await evaluate(golden, ...detection, '--json', '--threads', '1')
    const summary: Summary = JSON.parse(out)
    expectWithin(summary.pooled.detection, golden.expect)
    if (code) expect(summary.warnings.map((warning) => warning.code)).toContain(code)
  })

  it('shows the scores in the terminal, and checks them by name', async () => {
    const { code, out } = await evaluate(
      caseOf('polygons'),
      ...asked,
      '--check',
      'ap50>=0.99',
      '--threads',
      '1',
    )
    expect(out).toMatch(/ap50 +pooled +0\.\d{4}/)
    expect(out).toContain('check ap50>=0.99: fail')
    expect(code).toBe(1)
  })

  it('shows every category in the report, the lowest AP first', async () => {
    const out = join(folder, 'out')
    await evaluate(caseOf('absent-categories-and-images'), ...asked, '--out', out, '--threads', '1')
    const report = readFileSync(join(out, 'report.html'), 'utf8')
    const [, section] = /<section id="detection"[^>]*>(.*?)<\/section>/s.exec(report) ?? []
    const named = [...section.matchAll(/<th scope="row">(.*?)<\/th>(.*?)<\/tr>/gs)]
    const summary: Summary = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8'))
    expect(named).toHaveLength(summary.pooled.detection?.per_category.length ?? 0)
    const [, last, cells] = named.at(-1) ?? []
    expect(last).toContain('20')
    expect(cells).toContain('none')
  })

  it('draws the curves, and the mistaken objects over their photos, whatever the number of threads', async () => {
    const golden = caseOf('random-medium')
    const photos = join(folder, 'photos')
    mkdirSync(photos)
    for (const { id, width, height } of golden.ground_truth.images) {
      const photo = sharp({ create: { width, height, channels: 3, background: '#c03010' } })
      await photo.png().toFile(join(photos, photoOf(id)))
    }
    const reports: string[] = []
    for (const threads of ['1', '2']) {
      const out = join(folder, `out ${threads}`)
      const { err } = await evaluate(golden, ...asked, '--out', out, '--images', photos, '--threads', threads)
      reports.push(readFileSync(join(out, 'report.html'), 'utf8'))
      expect(reports.at(-1), err).toContain('<section id="mistaken-objects"')
    }
    expect(reports[1] === reports[0]).toBe(true)
    const [, curves] = /<section id="detection"[^>]*>(.*?)<\/section>/s.exec(reports[0]) ?? []
    expect(curves.match(/<polyline class="line3"/g)).toHaveLength(2)
    const [, section] = /<section id="mistaken-objects"[^>]*>(.*?)<\/section>/s.exec(reports[0]) ?? []
    expect(section).not.toContain('No picture')
    const pictures = [...section.matchAll(/<img src="data:image\/png;base64,([^"]+)"/g)]
    expect(pictures.length).toBeGreaterThan(2)
    const { dominant } = await sharp(Buffer.from(pictures[0][1], 'base64')).stats()
    expect(dominant.r).toBeGreaterThan(dominant.b)
  })

  it('says why a mistaken object has no picture', async () => {
    const golden = caseOf('random-medium')
    const photos = join(folder, 'photos')
    mkdirSync(photos)
    const tiny = sharp({ create: { width: 2, height: 2, channels: 3, background: '#c03010' } })
    for (const { id } of golden.ground_truth.images)
      await tiny
        .clone()
        .png()
        .toFile(join(photos, photoOf(id)))
    const out = join(folder, 'out')
    await evaluate(golden, ...asked, '--out', out, '--images', photos, '--threads', '1')
    const report = readFileSync(join(out, 'report.html'), 'utf8')
    const [said] = /No picture: The photo is 2×2 and the masks/.exec(report) ?? []
    expect(said).toBeDefined()
  })

  it('finds nothing where the results are empty', async () => {
    const { out } = await evaluate(caseOf('empty-results'), ...asked, '--json', '--threads', '1')
    const summary: Summary = JSON.parse(out)
    expect(summary.pooled.detection).toMatchObject({ ap: 0, ar_100: 0 })
  })

  it('counts every object of an image whose results cannot be read as missed', async () => {
    const golden = caseOf('random-medium')
    const [broken] = golden.results
    const results = golden.results.map((result) =>
      result === broken ? { ...result, score: 'high' } : result,
    )
    const without = golden.results.filter(({ image_id }) => image_id !== broken.image_id)
    const empty = ['--options', '{"families":["detection"],"on_broken":"empty"}', '--json', '--threads', '1']
    const substituted: Summary = JSON.parse((await evaluate({ ...golden, results }, ...empty)).out)
    const missing: Summary = JSON.parse((await evaluate({ ...golden, results: without }, ...empty)).out)
    expect(substituted.items.substituted).toBe(1)
    expect(substituted.pooled.detection).toEqual(missing.pooled.detection)
  })

  it('says where annotations of several images share their ids', async () => {
    const golden = caseOf('random-medium')
    const annotations = golden.ground_truth.annotations.map((annotation) => ({ ...annotation, id: 1 }))
    const truth = { ...golden.ground_truth, annotations }
    const { out } = await evaluate({ ...golden, ground_truth: truth }, ...asked, '--json', '--threads', '1')
    const summary: Summary = JSON.parse(out)
    expectWithin(summary.pooled.detection, golden.expect)
    expect(JSON.stringify(summary.matching)).toContain('of another image: all of them count')
  })

  it('is the same for any order of images and annotations, and for ids that are texts', async () => {
    const golden = caseOf('random-medium')
    const summaryOf = async (documents: Pick<DetectionCase, 'ground_truth' | 'results'>, threads: string) =>
      JSON.parse((await evaluate(documents, ...asked, '--json', '--threads', threads)).out) as Summary
    const byImage = <Of extends { readonly image_id: number }>(list: readonly Of[]) =>
      [...list].sort((a, b) => b.image_id - a.image_id)
    const { images, annotations, categories } = golden.ground_truth
    const truth = { images: [...images].reverse(), annotations: byImage(annotations), categories }
    const whole = await summaryOf(golden, '1')
    const shuffled = { ground_truth: truth, results: byImage(golden.results) }
    expect(await summaryOf(shuffled, '2')).toEqual(whole)
    // As a writer of texts has them.
    const texts = JSON.parse(
      JSON.stringify(golden.results).replaceAll(/"image_id":(\d+)/g, '"image_id":"$1"'),
    )
    const other = await summaryOf({ ...golden, results: texts }, '1')
    expect(other.pooled).toEqual(whole.pooled)
  })

  it('is refused where two images have one id', async () => {
    const golden = caseOf('random-medium')
    const [first, second, ...others] = golden.ground_truth.images
    const images = [first, { ...second, id: first.id }, ...others]
    const truth = { ...golden.ground_truth, images }
    const { code, err } = await evaluate({ ...golden, ground_truth: truth }, ...asked, '--threads', '1')
    expect(code).toBe(2)
    expect(err).toContain('for two images')
  })

  it('has no score where an image has no confidences, and says why', async () => {
    const golden = caseOf('random-medium')
    const [first] = golden.results
    const results = golden.results.map((result) => {
      const { score: _, ...bare } = result as { score?: number } & typeof result
      return result.image_id === first.image_id ? bare : result
    })
    const { out } = await evaluate({ ...golden, results }, ...asked, '--json', '--threads', '1')
    const summary: Summary = JSON.parse(out)
    expect(summary.pooled.detection).toBeNull()
    expect(summary.reasons['/pooled/detection']).toBe('no_confidences')
    expect(summary.warnings.map(({ code }) => code)).toContain('DETECTION_LEFT_OUT')
  })
})
