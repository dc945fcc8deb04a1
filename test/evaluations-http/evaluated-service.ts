import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeSeed } from '../../src/store/database/make-seed.ts'
import { zipOf } from '../annotations/zip-writer.ts'
import { dataset } from '../evaluations/running/dataset.ts'
import { type Service, startService } from '../http/service.ts'

/** Of callers. */
export const keys = { ann: 'ann-0123456789abcdef', bob: 'bob-0123456789abcdef' } as const
type Key = keyof typeof keys

type Json = Record<string, unknown>

/** The service with a store in a folder of its own, and two callers. */
export interface EvaluatedService extends Service {
  readonly dataDir: string
  call(
    key: Key | undefined,
    method: string,
    path: string,
    init?: { body?: FormData | object; headers?: Record<string, string> },
  ): Promise<{ status: number; headers: Headers; json: Json; text: string }>
  /** Starts an evaluation and waits until it has ended. */
  evaluated(key: Key | undefined, body: FormData | object): Promise<Json & { id: string; state: string }>
}

export async function startEvaluations(
  env: Record<string, string> = {},
  hasKeys = true,
): Promise<EvaluatedService> {
  await makeSeed()
  const dataDir = mkdtempSync(join(tmpdir(), 'maskscore-http-'))
  const service = await startService({
    MASKSCORE_THREADS: '2',
    MASKSCORE_DATA_DIR: dataDir,
    ...(hasKeys && {
      MASKSCORE_KEYS: Object.entries(keys)
        .map(([name, key]) => `${name}:${key}`)
        .join(','),
    }),
    ...env,
  })
  const call: EvaluatedService['call'] = async (key, method, path, { body, headers = {} } = {}) => {
    const isForm = body instanceof FormData
    const response = await fetch(service.url + path, {
      method,
      headers: {
        ...(key && { authorization: `Bearer ${keys[key]}` }),
        ...(body && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    const isJson =
      response.headers.get('content-type')?.includes('json') &&
      !response.headers.get('content-type')?.includes('ndjson')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
  }
  return {
    ...service,
    dataDir,
    call,
    async evaluated(key, body) {
      const begun = await call(key, 'POST', '/v1/evaluations', { body, headers: { prefer: 'wait=30' } })
      if (begun.status !== 200) throw new Error(`${begun.status} ${begun.text}`)
      return begun.json as Json & { id: string; state: string }
    },
    async close() {
      await service.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Two zips of a small dataset with damaged and missing predictions. */
export function datasetZips(items: number): {
  groundTruth: Uint8Array
  prediction: Uint8Array
  folder: string
} {
  const { folder } = dataset(items)
  const zip = (side: string) =>
    zipOf(
      ...readdirSync(join(folder, side)).map((name) => ({
        name,
        content: readFileSync(join(folder, side, name)),
      })),
    )
  return { groundTruth: zip('gt'), prediction: zip('pred'), folder }
}

export function evaluationForm(
  parts: Record<string, Uint8Array | string>,
  options: object = { labels: 'classes', on_missing: 'empty', on_broken: 'skip', replicates: 200 },
): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(parts))
    if (typeof value === 'string') form.append(name, value)
    else form.append(name, new Blob([new Uint8Array(value)]), `${name}.zip`)
  form.append('options', JSON.stringify(options))
  return form
}
