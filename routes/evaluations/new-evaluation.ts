import { randomUUID } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyRequest } from 'fastify'
import { parseEvaluationRequest } from '../../src/evaluations/evaluation-request.ts'
import type { RunSources, Uploads } from '../../src/evaluations/ports/ports.ts'
import { parseJson } from '../../src/json/parse-json.ts'
import { parseWith } from '../../src/json/parse-with.ts'
import { refuseUnstorable } from '../../src/json/refuse-unstorable.ts'
import { refuseField } from '../../src/problems/refusal.ts'
import { mediaTypeOf, receiveJson } from '../../src/receiving/receive-json.ts'
import { type SpooledBody, spoolParts } from '../../src/receiving/spool-parts.ts'
import type { UploadPlace } from '../../src/receiving/upload-places.ts'
import { namedSource, storedDataset, uploadedSource } from './run-source.ts'
import { type NewEvaluation, newEvaluationSchema } from './source-schema.ts'

/** What a caller asks for, its body on the disk. */
export interface AskedEvaluation {
  readonly name?: string
  readonly options: Readonly<Record<string, unknown>>
  readonly sources: RunSources
  /** sha256 of the body: of a form whatever the order of its parts. */
  readonly fingerprint: string
  /** Removes the files that nobody took over. */
  remove(): Promise<void>
}

const uploads = ['ground_truth', 'prediction', 'manifest', 'images'] as const
const texts = ['dataset', 'options', 'name'] as const
const rules = Object.fromEntries([...uploads, ...texts].map((name) => [name, 'optional'] as const))
/** Enough for 10,000 rows of a manifest. */
const maxJsonBytes = 8 * 2 ** 20

/**
 * Receives the body of a new evaluation.
 * @throws Refusal of receiving, MISSING_PART, INVALID_OPTIONS, SOURCE_REFUSED, MALFORMED_JSON; then nothing of it is left
 */
export async function receiveEvaluation(
  request: FastifyRequest,
  { folder }: Uploads,
  place: UploadPlace,
  signal: AbortSignal,
): Promise<AskedEvaluation> {
  if (mediaTypeOf(request) !== 'multipart/form-data') return fromJson(request, folder, place, signal)
  const { maxArchiveBytes: maxFileBytes } = request.server.settings
  const body = await spoolParts(request, { files: uploads, rules, folder, maxFileBytes, place }, signal)
  try {
    return { ...fromForm(request, body), fingerprint: body.fingerprint, remove: body.remove }
  } catch (error) {
    await body.remove()
    throw error
  }
}

type Asked = Omit<AskedEvaluation, 'fingerprint' | 'remove'>

function fromForm(request: FastifyRequest, { files, texts }: SpooledBody): Asked {
  const { maxJsonDepth } = request.server.settings
  const given = texts.options ? parseJson(texts.options, maxJsonDepth, '/options') : {}
  const { options } = checked({ options: given })
  const named = (part: (typeof uploads)[number]) => {
    const file = files.find(({ name }) => name === part)
    return file && uploadedSource(file)
  }
  const [groundTruth, prediction, manifest, images] = uploads.map(named)
  const sources: RunSources = {
    ...(groundTruth && { groundTruth }),
    ...(prediction && { prediction }),
    ...(manifest && { manifest }),
    ...(images && { images }),
    ...(texts.dataset && { dataset: storedDataset(texts.dataset) }),
  }
  return complete(sources, options ?? {}, texts.name ? checked({ name: texts.name }).name : undefined)
}

async function fromJson(
  request: FastifyRequest,
  folder: string,
  place: UploadPlace,
  signal: AbortSignal,
): Promise<AskedEvaluation> {
  const { value, fingerprint } = await receiveJson(request, maxJsonBytes, signal)
  const { ground_truth, prediction, manifest, images, options = {}, name } = checked(value)
  const sources: RunSources = {
    ...(ground_truth &&
      ('dataset' in ground_truth
        ? { dataset: storedDataset(ground_truth.dataset) }
        : { groundTruth: namedSource(request, ground_truth, '/ground_truth') })),
    ...(prediction && { prediction: namedSource(request, prediction, '/prediction') }),
    ...(images && { images: namedSource(request, images, '/images') }),
    ...(manifest && !Array.isArray(manifest) && { manifest: namedSource(request, manifest, '/manifest') }),
  }
  const rows = Array.isArray(manifest) ? manifest : undefined
  const asked = complete(rows ? { ...sources, manifest: inlineManifest } : sources, options, name)
  if (!rows) return { ...asked, fingerprint, remove: async () => undefined }
  const spooled = await spoolRows(rows, folder, place)
  return { ...asked, sources: { ...sources, manifest: spooled.source }, fingerprint, remove: spooled.remove }
}

const inlineManifest = { type: 'upload', path: '', name: 'manifest' } as const

/** Rows of a manifest as the file that everybody else would have sent. */
async function spoolRows(rows: readonly object[], folder: string, place: UploadPlace) {
  const path = join(folder, randomUUID())
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('')
  place.grow(Buffer.byteLength(text))
  const remove = () => rm(path, { force: true })
  try {
    await writeFile(path, text, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    await remove()
    throw error
  }
  return { source: { ...inlineManifest, path }, remove }
}

function checked(value: unknown): NewEvaluation {
  refuseUnstorable(value, '')
  return parseWith(newEvaluationSchema, value, {
    pointer: '',
    code: 'INVALID_OPTIONS',
    what: 'The body is wrong',
  })
}

/** @throws Refusal MISSING_PART, UNEXPECTED_PART, INVALID_OPTIONS */
function complete(sources: RunSources, options: Readonly<Record<string, unknown>>, name?: string): Asked {
  const { groundTruth, prediction, manifest, dataset } = sources
  if (groundTruth && dataset)
    throw refuseField(
      'UNEXPECTED_PART',
      '/ground_truth',
      'The ground truth is that of the dataset: send one of the two.',
    )
  // It would choose the items and their weights: whoever is ranked does not.
  if (manifest && dataset)
    throw refuseField(
      'UNEXPECTED_PART',
      '/manifest',
      'A run against a dataset is scored on all of its items: it takes no manifest.',
    ).advising('Leave the manifest out; where files are named otherwise, say how with `match_pred`.')
  if (!groundTruth && !dataset)
    throw refuseField('MISSING_PART', '/ground_truth', 'There is neither a ground truth nor a dataset.')
  if (!prediction && dataset)
    throw refuseField('MISSING_PART', '/prediction', 'There is no prediction for the dataset.')
  parseEvaluationRequest(options)
  return { ...(name !== undefined && { name }), options, sources }
}
