import fc from 'fast-check'
import { seededRandom } from '../../bench/images/random.ts'
import type { OpenApiDocument } from '../../src/openapi/document.ts'
import { example } from '../http/examples.ts'
import type { Operation } from '../openapi/contract.ts'
import { valuesOf } from '../openapi/from-schema.ts'
import { randomRequests } from '../openapi/random-request.ts'
import { spoilt } from '../openapi/wrong-values.ts'
import { type Choices, choicesOf } from './choices.ts'
import { maskSources, type SentMask } from './mask-sources.ts'
import { randomOptions, randomSideOptions } from './random-options.ts'
import { randomTable } from './random-table.ts'
import { jsonBody, multipartBody, type Part, type SentBody } from './sent-body.ts'

export interface RandomCall {
  /** What is asked, for the message of a difference. */
  readonly about: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

type Schema = Readonly<Record<string, unknown>>
type Call = 'score' | 'inspect' | 'overlay' | 'table' | 'agreement'

const often: readonly Call[] = [
  'score',
  'score',
  'score',
  'inspect',
  'overlay',
  'overlay',
  'table',
  'agreement',
]
const paths = [...new Set(often)].map((call) => `/v1/${call}`)

/**
 * The call of a seed: a pure function of the seed, this checkout and `document`, the contract that both services know.
 * `folder` holds more files to be sent as masks.
 */
export async function randomCalls(
  document: OpenApiDocument,
  folder?: string,
): Promise<(seed: number) => RandomCall> {
  const sources = Object.entries(await maskSources(folder))
  const known = Object.fromEntries(paths.map((path) => [path, document.paths[path]]))
  const fromContract = randomRequests({ ...document, paths: known })
  return (seed) => {
    const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1))
    const choices = choicesOf(random)
    if (choices.chance(0.15)) {
      const [{ url, headers, body }] = fc.sample(fromContract, { numRuns: 1, seed })
      return { about: `${url}, by the contract alone`, url, headers, body: body ?? Buffer.alloc(0) }
    }
    const call = choices.pick(often)
    const [kind, source] = choices.pick(sources)
    const count = { score: 2, overlay: 2, inspect: 1, agreement: 2 + choices.below(3), table: 0 }[call]
    const masks = source({ seed, random, choices }).slice(0, count)
    const options = callOptions(call, document, masks, choices, seed)
    const { headers, body } =
      call === 'table'
        ? jsonBody({ ...randomTable(choices), options })
        : maskBody(call, masks, options, choices)
    const accept = choices.maybe(call === 'overlay' ? 0.7 : 0.05, () => ({
      accept: choices.pick(['image/png', 'application/json', '*/*', 'text/html']),
    })) as Record<string, string>
    const about = `${call} of ${kind}: ${masks.map((mask) => mask.about).join(' | ')}; ${JSON.stringify(options)}`
    return { about, url: `/v1/${call}`, headers: { ...headers, ...accept }, body }
  }
}

/** Likely options and some of the contract's, of those that the call knows; now and then one thing in them is wrong. */
function callOptions(
  call: Call,
  document: OpenApiDocument,
  masks: readonly SentMask[],
  choices: Choices,
  seed: number,
): unknown {
  const schema = optionsSchema(call, document)
  const lookup = (reference: string) => resolve(document, reference)
  const any = choices.maybe(
    0.25,
    () => fc.sample(valuesOf(schema, lookup), { numRuns: 1, seed })[0] as Schema,
  )
  const sides = masks.map((mask) => ({ ...mask.options, ...randomSideOptions(choices) }))
  const [first, second] = call === 'agreement' ? [sides[1], sides[0]] : sides
  const all = {
    ...(call === 'inspect' && first),
    ...randomOptions(choices),
    ...(first && { ground_truth: first }),
    ...(second && { prediction: second }),
    ...any,
  }
  const unknown = choices.chance(0.02)
  const kept = Object.entries(all).filter(
    ([key]) => unknown || Object.hasOwn(schema.properties as object, key),
  )
  const options = Object.fromEntries(kept)
  return choices.chance(0.08) ? fc.sample(spoilt(options), { numRuns: 1, seed })[0] : options
}

function optionsSchema(call: Call, document: OpenApiDocument): Schema {
  const operation = document.paths[`/v1/${call}`].post as unknown as Operation
  const { content, 'x-json-body': json = content?.['application/json'] } = operation.requestBody!
  const body = resolved(document, json.schema as Schema)
  return resolved(document, (body.properties as Record<string, Schema>).options)
}

const resolved = (document: OpenApiDocument, schema: Schema): Schema =>
  typeof schema.$ref === 'string' ? resolved(document, resolve(document, schema.$ref)) : schema

const resolve = (document: OpenApiDocument, reference: string): Schema =>
  reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], document) as Schema

/** A form where all masks are files, mostly; else JSON. */
function maskBody(call: Call, masks: readonly SentMask[], options: unknown, choices: Choices): SentBody {
  const photo = call === 'overlay' && choices.chance(0.2) ? example('photo.jpg') : undefined
  const names = namesOf(call, masks.length, choices)
  if (masks.every(({ file }) => file) && choices.chance(0.8)) {
    const parts = masks.flatMap(({ file, sidecar }, at): Part[] => [
      { name: names[at], filename: choices.pick(['ann.png', 'bob', '../x']), bytes: file! },
      ...(sidecar ? [{ name: `${names[at]}_json`, bytes: sidecar }] : []),
    ])
    if (choices.chance(0.03)) parts.push(choices.pick(parts))
    if (choices.chance(0.03)) parts.shift()
    if (photo) parts.push({ name: 'image', bytes: photo })
    return multipartBody([...parts, { name: 'options', bytes: Buffer.from(JSON.stringify(options)) }])
  }
  const body: Record<string, unknown> = { options, ...(photo && { image: photo.toString('base64') }) }
  masks.forEach((mask, at) => {
    const value = mask.json ?? asJson(mask)
    if (names[at] !== 'masks') body[names[at]] = value
    else
      body.masks = [
        ...((body.masks ?? []) as unknown[]),
        { annotator: choices.pick(['ann', 'bob', '']), mask: value },
      ]
  })
  return jsonBody(body)
}

function namesOf(call: Call, count: number, choices: Choices): string[] {
  if (call === 'inspect') return ['mask']
  if (call !== 'agreement') return ['ground_truth', 'prediction']
  const names = Array<string>(count).fill('masks')
  return choices.chance(0.5) ? ['ground_truth', ...names.slice(1)] : names
}

const asJson = ({ file }: SentMask) => ({ format: 'image', data: Buffer.from(file!).toString('base64') })
