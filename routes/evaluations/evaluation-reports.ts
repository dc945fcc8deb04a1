import { join } from 'node:path'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askForItems } from '../../src/evaluations/items/item-views.ts'
import { onlyParameters } from '../../src/evaluations/items/parameters.ts'
import type { RunFiles } from '../../src/evaluations/ports/ports.ts'
import { type MistakenObjects, pictureKey } from '../../src/evaluations/reports/detection-review.ts'
import { reportPolicy } from '../../src/evaluations/reports/html/report-policy.ts'
import { keptReport } from '../../src/evaluations/reports/kept-report.ts'
import type { ReportInput } from '../../src/evaluations/reports/report-input.ts'
import { drawObjects } from '../../src/evaluations/running/draw-objects.ts'
import { drawWorst } from '../../src/evaluations/running/draw-worst.ts'
import type { Item } from '../../src/evaluations/sources/item.ts'
import type { Summary } from '../../src/evaluations/summary/summary.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { Refusal } from '../../src/problems/refusal.ts'
import { deadlineOf } from '../../src/receiving/deadline.ts'
import type { TaskRunner } from '../../src/tasks/runner.ts'
import { askThread } from './ask-thread.ts'
import { filesRefusals, runPath } from './run-contract.ts'
import { finishedRun, itemsOf, type RunRoute, type SeenRun } from './run-of.ts'

/** Ending of the address → file of the report, and its type. The first is what a caller without preferences gets. */
const reports = {
  html: { file: 'report.html', type: 'text/html' },
  md: { file: 'report.md', type: 'text/markdown' },
  csv: { file: 'items.csv', type: 'text/csv' },
  'classes.csv': { file: 'classes.csv', type: 'text/csv' },
  'junit.xml': { file: 'junit.xml', type: 'application/xml' },
  'nnunet.json': { file: 'nnunet.json', type: 'application/json' },
  'grand-challenge.json': { file: 'grand-challenge.json', type: 'application/json' },
} as const
type Ending = keyof typeof reports
const endings = Object.keys(reports) as Ending[]
/** Endings that `Accept` can name. */
const byType: readonly Ending[] = ['html', 'md', 'csv', 'junit.xml', 'nnunet.json']

const refusals = [...filesRefusals]

/** The reports of a finished run, the same bytes as the command line writes. Made when they are first asked for, and kept. */
export function evaluationReportRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  const contract: RouteContract = {
    tag: 'Evaluations',
    summary: 'A report of an evaluation, by Accept',
    description: 'HTML unless `Accept` names another type; `application/json` is the shape of nnU-Net.',
    path: runPath,
    answer: Object.fromEntries(byType.map((ending) => [reports[ending].type, {}])),
    refusals,
  }
  app.get<RunRoute>('/v1/evaluations/:id/report', { config: { ...config, contract } }, (request, reply) =>
    sendReport(request, reply, endingOf(request.headers.accept)),
  )
  for (const ending of endings) {
    const { type } = reports[ending]
    const ofOne: RouteContract = {
      tag: 'Evaluations',
      operationId: `getEvaluationReport${ending.replaceAll(/(?:^|[^a-z])([a-z])/g, (_, first) => first.toUpperCase())}`,
      summary: `The report of an evaluation as ${ending}`,
      path: runPath,
      answer: { [type]: {} },
      refusals,
    }
    app.get<RunRoute>(
      `/v1/evaluations/:id/report.${ending}`,
      { config: { ...config, contract: ofOne } },
      (request, reply) => sendReport(request, reply, ending),
    )
  }
}

async function sendReport(
  request: FastifyRequest<RunRoute>,
  reply: FastifyReply,
  ending: Ending,
): Promise<FastifyReply> {
  onlyParameters(request.query, [])
  const run = await itemsOf(request)
  const { resource, files } = await finishedRun(run)
  const { file: name, type } = reports[ending]
  const path = join(files.folder, 'reports', name)
  const { summary } = resource
  const stream = await keptReport(path, async () => {
    if (!summary) return
    const drawn = ending === 'html' ? await picturesOf(request, reply, run, files, summary) : {}
    const task = { name, summary, files: files.rows, path, ...drawn }
    await askThread(request, reply, 'run_report', task)
  })
  // The policy of other answers would stop the script of the report, by which its tables are sorted and filtered.
  if (ending === 'html') reply.header('content-security-policy', `${reportPolicy}; frame-ancestors 'self'`)
  return reply.type(`${type}; charset=utf-8`).send(stream)
}

/** Pictures of the worst items and of mistaken objects, or why there are none: their masks are kept for some time only. */
async function picturesOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { evaluations, owner, id }: SeenRun,
  { run, rows }: RunFiles,
  summary: Summary,
): Promise<Pick<ReportInput, 'pictures' | 'objectPictures'>> {
  const { pool, settings } = request.server
  const mistaken = summary.pooled.detection
    ? await mistakenIn(rows, pool, deadlineOf(reply, settings.requestTimeout))
    : { missed: [], wrong: [] }
  const objects = [...mistaken.missed, ...mistaken.wrong]
  const items: Item[] = []
  try {
    for (const { index } of [...summary.worst, ...objects]) {
      const item = items[index] ?? (await evaluations.runs.item(owner, id, index))
      if (item) items[index] = item
    }
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'GONE') throw error
    const none = { problem: error.message }
    return {
      pictures: new Map(summary.worst.map(({ index }) => [index, none])),
      objectPictures: new Map(objects.map((object) => [pictureKey(object), none])),
    }
  }
  const drawing = { items, run, runner: pool }
  return {
    pictures: await drawWorst({ ...drawing, summary }),
    ...(summary.pooled.detection && { objectPictures: await drawObjects({ ...drawing, mistaken }) }),
  }
}

/** A thread reads the rows: there may be a million. */
async function mistakenIn(
  files: RunFiles['rows'],
  runner: TaskRunner,
  signal: AbortSignal,
): Promise<MistakenObjects> {
  const { body } = await askForItems(runner, 'mistaken_objects', { files }, signal)
  return JSON.parse(new TextDecoder().decode(body))
}

function endingOf(accept = ''): Ending {
  const wanted = byType.find((ending) => accept.includes(reports[ending].type))
  return wanted ?? 'html'
}
