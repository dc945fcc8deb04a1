import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** A place of the page that tells why a call was refused, and how one comes there. */
interface Place {
  readonly hash: string
  /** The call, as the contract names it. */
  readonly call: string
  /** Requests that are refused: method and address. */
  readonly refused: RegExp
  /** Whether it is where its screen tells most. */
  readonly isMain?: true
  readonly come?: (page: Page) => Promise<void>
}

const example = join(import.meta.dirname, '../../examples/pair')
export const pairFiles = ['ground-truth.png', 'prediction.png'].map((name) => join(example, name))

const choose = async (
  page: Page,
  screen: string,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
) => page.locator(`${screen} source-drop input#files`).setInputFiles(files)
const archive = (name: string) => ({ name, mimeType: 'application/x-tar', buffer: Buffer.alloc(1024) })

export const refusedPlaces: Readonly<Record<string, Place>> = {
  'a pair': {
    isMain: true,
    hash: '#/pair',
    call: 'post /v1/score',
    refused: /score/,
    come: (page) => page.locator('drop-zone input').setInputFiles(pairFiles),
  },
  'the list of runs': {
    isMain: true,
    hash: '#/runs',
    call: 'get /v1/evaluations',
    refused: /^GET .*evaluations\?/,
  },
  'stored ground truths': { hash: '#/runs/new', call: 'get /v1/datasets', refused: /datasets/ },
  'a new run': {
    isMain: true,
    hash: '#/runs/new',
    call: 'post /v1/evaluations',
    refused: /^POST .*evaluations$/,
    async come(page) {
      await choose(page, 'new-run-screen', [archive('gt.tar'), archive('pred.tar')])
      await page.getByRole('button', { name: 'Evaluate' }).click()
    },
  },
  'a run': { hash: '#/runs/r1', call: 'get /v1/evaluations/{id}', refused: /evaluations\/r1$/ },
  'the spread of a run': {
    hash: '#/runs/r2',
    call: 'get /v1/evaluations/{id}/histogram',
    refused: /histogram/,
  },
  'the images of a run': {
    isMain: true,
    hash: '#/runs/r3',
    call: 'get /v1/evaluations/{id}/items',
    refused: /items\?/,
  },
  'a report of a run': {
    hash: '#/runs/r4',
    call: 'get /v1/evaluations/{id}/report.html',
    refused: /report\.html/,
    come: (page) => page.getByRole('button', { name: 'report.html' }).click(),
  },
  'the masks of an image': {
    isMain: true,
    hash: '#/runs/r5/items/0',
    call: 'get /v1/evaluations/{id}/items/{index}/labels',
    refused: /items\/0\/(labels|report)/,
  },
  'the row of an image': {
    hash: '#/runs/r6/items/0',
    call: 'get /v1/evaluations/{id}/items/{index}',
    refused: /items\/0$/,
  },
  'the photo of an image': {
    hash: '#/runs/r7/items/0',
    call: 'get /v1/evaluations/{id}/items/{index}/image',
    refused: /image/,
  },
  'the images around an image': {
    hash: '#/runs/r8/items/0',
    call: 'get /v1/evaluations/{id}/items',
    refused: /items\?/,
  },
  'the picture of an image': {
    hash: '#/runs/r9/items/0',
    call: 'get /v1/evaluations/{id}/items/{index}/overlay',
    refused: /overlay/,
    async come(page) {
      await page.locator('item-bar a[href*="r9"]').first().waitFor()
      await page.locator('pair-view[aria-busy=false]').waitFor()
      await page.getByRole('button', { name: 'Save picture' }).click()
    },
  },
  'runs to compare': { hash: '#/compare', call: 'get /v1/evaluations', refused: /^GET .*evaluations\?/ },
  'two runs': {
    isMain: true,
    hash: '#/compare/r/r',
    call: 'get /v1/evaluations/{id}/comparison',
    refused: /comparison\?/,
  },
  'an image of two runs': {
    hash: '#/compare/r/r1?item=0',
    call: 'get /v1/evaluations/{id}/items/{index}/labels',
    refused: /items\/0\/labels/,
  },
  'runs of annotators': {
    hash: '#/annotators',
    call: 'get /v1/evaluations',
    refused: /^GET .*evaluations\?/,
  },
  annotators: {
    isMain: true,
    hash: '#/annotators',
    call: 'post /v1/agreement',
    refused: /agreement/,
    async come(page) {
      // The runs below are there by now.
      await page.getByRole('button', { name: 'Try again' }).click()
      await choose(page, 'annotators-screen', pairFiles)
    },
  },
}

const row = {
  index: 0,
  key: 'a',
  status: 'scored',
  scores: { mi_loss: 0.2 },
  classes: [],
  width: 384,
  height: 303,
}
const summary = {
  items: { total: 1, scored: 1, failed: 0, skipped: 0, substituted: 0 },
  macro: { mi_loss: {} },
  pooled: { mi_loss: 0.2 },
  labels: 'objects',
}
const evaluation = {
  ...{ id: 'r', name: 'a run', state: 'done', revision: 1, created_at: '2026-01-01T00:00:00Z', summary },
  ...{ finished_at: '2026-01-01T00:00:01Z', has_photos: true, options: {}, progress: {}, problem: null },
}

const failure = { code: 'NOTHING_MATCHED', detail: 'Nothing met <b>.', remedy: 'Name the files `alike`.' }

/** What a service would answer that has one run of one image, by the ends of addresses. */
export const cannedAnswers: readonly (readonly [address: RegExp, answer: object | null])[] = [
  [/datasets/, { datasets: [] }],
  [/comparison\?/, { items: { both: 1 }, scores: [], warnings: [] }],
  [/comparison\/items/, { items: [{ index: 0, key: 'a', a: 0, b: 0, delta: 0 }], total: 1, next: null }],
  [/comparison\/scatter/, { type: 'points', points: [[0, 0.2, 0.2]] }],
  [/histogram/, { score: 'mi_loss', low: null, high: null, counts: [], undefined: 1 }],
  [/confusion/, null],
  [/items\?/, { items: [row], total: 1, unanswered: 0, first: 0, next: null, previous: null }],
  [/items\/0$/, row],
  [/evaluations\/r\d?$/, evaluation],
  [/evaluations\/failed$/, { ...evaluation, state: 'failed', summary: null, problem: failure }],
  [/evaluations\?/, { evaluations: [], next: null }],
]
