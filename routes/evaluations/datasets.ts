import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { onlyParameters, wrong } from '../../src/evaluations/items/parameters.ts'
import type { RunSource } from '../../src/evaluations/ports/ports.ts'
import { parseWith } from '../../src/json/parse-with.ts'
import { isStorable, refuseUnstorable } from '../../src/json/refuse-unstorable.ts'
import type { RouteContract } from '../../src/openapi/route-contract.ts'
import { callerOf } from '../../src/plugins/evaluation-store.ts'
import { Refusal, refuseField } from '../../src/problems/refusal.ts'
import { goneSignal } from '../../src/receiving/gone-signal.ts'
import { mediaTypeOf, receiveJson } from '../../src/receiving/receive-json.ts'
import { spoolParts } from '../../src/receiving/spool-parts.ts'
import {
  datasetListSchema,
  datasetPath,
  datasetSchema,
  datasetSettingsSchema,
  leaderboardSchema,
  newVersionSchema,
  versionSchema,
} from './dataset-schema.ts'
import { storeRefusals } from './run-contract.ts'
import { namedSource, uploadedSource } from './run-source.ts'

const maxJsonBytes = 2 ** 20
const receiving = ['INVALID_OPTIONS', 'INPUT_TOO_LARGE', 'RECEIVE_TIMEOUT', 'OVERLOADED'] as const

const put: RouteContract = {
  tag: 'Datasets',
  summary: 'Makes a dataset, or replaces its settings',
  description:
    'The options of the dataset rule every evaluation against it. `submitters` are the names of keys that may evaluate against it beside its owner; `items` says who sees rows and pictures of evaluations.',
  path: datasetPath,
  body: { json: datasetSettingsSchema, example: {} },
  answer: { 'application/json': { schema: datasetSchema } },
  refusals: [...storeRefusals, ...receiving],
}
const list: RouteContract = {
  tag: 'Datasets',
  summary: 'Datasets that you own or may evaluate against',
  answer: { 'application/json': { schema: datasetListSchema } },
  refusals: [...storeRefusals, 'INVALID_OPTIONS'],
}
const single: RouteContract = {
  tag: 'Datasets',
  summary: 'A dataset and its versions',
  path: datasetPath,
  answer: { 'application/json': { schema: datasetSchema } },
  refusals: [...storeRefusals, 'NOT_FOUND'],
}
const remove: RouteContract = {
  tag: 'Datasets',
  summary: 'Deletes a dataset, its versions and its leaderboard',
  path: datasetPath,
  status: 204,
  answer: {},
  refusals: [...storeRefusals, 'NOT_FOUND', 'IN_USE'],
}
const addVersion: RouteContract = {
  tag: 'Datasets',
  summary: 'Stores a ground truth as the next version',
  description:
    'It is decoded once: pixels of each class, broken and doubled files. It never changes. Evaluations may name it at once, and wait until it is checked.',
  path: datasetPath,
  body: {
    json: newVersionSchema,
    parts: {
      ground_truth: { rule: 'once', description: 'zip, tar, tar.gz, or a document of many images' },
    },
  },
  status: 202,
  answer: { 'application/json': { schema: versionSchema } },
  refusals: [
    ...storeRefusals,
    ...receiving,
    'NOT_FOUND',
    'MISSING_PART',
    'UNEXPECTED_PART',
    'ARCHIVE_TOO_LARGE',
    'QUOTA_EXCEEDED',
    'SOURCE_REFUSED',
  ],
}
const leaderboard: RouteContract = {
  tag: 'Datasets',
  summary: 'Evaluations against a dataset, best first',
  description:
    'By the primary score of the dataset. Equal scores share a rank; incomplete evaluations and those without the score stand below, unranked, with the reason.',
  path: datasetPath,
  query: { version: { description: 'Of the dataset; else the newest', schema: z.int().min(1) } },
  answer: { 'application/json': { schema: leaderboardSchema } },
  refusals: [...storeRefusals, 'NOT_FOUND', 'INVALID_OPTIONS'],
}

interface DatasetRoute {
  readonly Params: { readonly name: string }
  readonly Querystring: Readonly<Record<string, string | undefined>>
}

/** Stored ground truths, their versions and leaderboards. */
export function datasetRoutes(app: FastifyInstance): void {
  const config = { sameOrigin: true } as const
  app.get<Pick<DatasetRoute, 'Querystring'>>(
    '/v1/datasets',
    { config: { ...config, contract: list } },
    async (request) => {
      onlyParameters(request.query, [])
      const { datasets } = await app.evaluations()
      return { datasets: await datasets.list(callerOf(request)) }
    },
  )
  const url = '/v1/datasets/:name'
  app.put<DatasetRoute>(
    url,
    { config: { ...config, upload: true, contract: put } },
    async (request, reply) => {
      const name = newName(request)
      const { value } = await receiveJson(request, maxJsonBytes, goneSignal(reply))
      refuseUnstorable(value, '')
      const { classes, options, primary, submitters, items } = parseWith(
        datasetSettingsSchema,
        value,
        bodyIsWrong,
      )
      const { datasets } = await app.evaluations()
      return datasets.put(callerOf(request), name, {
        ...(classes && { classes }),
        ...(options && { options }),
        ...(primary !== undefined && { primary }),
        ...(submitters && { submitters }),
        ...(items && { items }),
      })
    },
  )
  app.get<DatasetRoute>(url, { config: { ...config, contract: single } }, async (request) => {
    const { datasets } = await app.evaluations()
    return found(await datasets.get(callerOf(request), knownName(request)))
  })
  app.delete<DatasetRoute>(url, { config: { ...config, contract: remove } }, async (request, reply) => {
    const { datasets } = await app.evaluations()
    if (!(await datasets.delete(callerOf(request), knownName(request)))) throw noDataset()
    return reply.code(204).send()
  })
  app.post<DatasetRoute>(
    `${url}/versions`,
    { config: { ...config, upload: true, contract: addVersion } },
    async (request, reply) => {
      const name = knownName(request)
      const { datasets, uploads } = await app.evaluations()
      const owner = callerOf(request)
      const place = app.uploadPlaces.take(owner, await uploads.quota(owner))
      try {
        const received = await receiveVersion(request, uploads.folder, place, goneSignal(reply))
        try {
          const version = await datasets.addVersion(owner, name, received.source)
          return reply.code(202).send(found(version))
        } catch (error) {
          await received.remove()
          throw error
        }
      } finally {
        place.release()
      }
    },
  )
  app.get<DatasetRoute>(
    `${url}/leaderboard`,
    { config: { ...config, contract: leaderboard } },
    async (request) => {
      onlyParameters(request.query, ['version'])
      const { version } = request.query
      if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version))
        throw wrong('version', 'takes the number of a version')
      const { datasets } = await app.evaluations()
      const board = await datasets.leaderboard(
        callerOf(request),
        knownName(request),
        version === undefined ? undefined : Number(version),
      )
      return found(board)
    },
  )
}

const bodyIsWrong = { pointer: '', code: 'INVALID_OPTIONS', what: 'The body is wrong' } as const
const noDataset = () => new Refusal('NOT_FOUND', 'There is no such dataset.')

function found<T>(value: T | undefined): T {
  if (value === undefined) throw noDataset()
  return value
}

/** @throws Refusal NOT_FOUND for what is the name of no dataset */
function knownName({ params }: FastifyRequest<DatasetRoute>): string {
  if (!isStorable(params.name)) throw noDataset()
  return params.name
}

/** @throws Refusal INVALID_OPTIONS */
function newName({ params }: FastifyRequest<DatasetRoute>): string {
  if (/^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/.test(params.name)) return params.name
  throw refuseField(
    'INVALID_OPTIONS',
    '/name',
    'The name of a dataset is 1 to 100 letters, digits and _ . -, the first a letter or digit.',
  )
}

async function receiveVersion(
  request: FastifyRequest,
  folder: string,
  place: Parameters<typeof spoolParts>[1]['place'],
  signal: AbortSignal,
): Promise<{ source: RunSource; remove(): Promise<void> }> {
  if (mediaTypeOf(request) !== 'multipart/form-data') {
    const { value } = await receiveJson(request, maxJsonBytes, signal)
    const { ground_truth } = parseWith(newVersionSchema, value, bodyIsWrong)
    return { source: namedSource(request, ground_truth, '/ground_truth'), remove: async () => undefined }
  }
  const { maxArchiveBytes: maxFileBytes } = request.server.settings
  const spooling = {
    files: ['ground_truth'],
    rules: { ground_truth: 'optional' },
    folder,
    maxFileBytes,
    place,
  } as const
  const { files, remove } = await spoolParts(request, spooling, signal)
  const [file] = files
  if (!file) throw refuseField('MISSING_PART', '/ground_truth', 'The part `ground_truth` is missing.')
  return { source: uploadedSource(file), remove }
}
