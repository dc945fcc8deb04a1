import { parseJson } from '../../json/parse-json.ts'
import { placedUnder, Refusal, refuseField } from '../../problems/refusal.ts'
import type { RequestBody } from '../../tasks/task.ts'
import { decodeBase64, type MaskInput, maskInput } from './mask-input.ts'

/** An opened request: its masks by name and its options. Neither has been read or checked yet. */
export interface ScoringRequest {
  /** @throws Refusal MISSING_PART when the request has no such mask */
  mask(name: string): MaskInput
  has(name: string): boolean
  /** All masks of a part that may be repeated, with the names of their annotators, which JSON has under `nameKey`. */
  masks(name: string, nameKey?: 'annotator' | 'name'): { annotator: string; mask: MaskInput }[]
  /** A file that is no mask (a photo), as bytes. */
  file(name: string): Uint8Array | undefined
  /** A JSON value beside the masks. */
  value(name: string): unknown
  readonly options: unknown
}

/** Opens a body of either type. `names` are the keys that a JSON body may have beside `options`. */
export function openRequest(body: RequestBody, names: readonly string[], maxDepth: number): ScoringRequest {
  return body.type === 'json' ? openJson(body.bytes, names, maxDepth) : openParts(body.parts, maxDepth)
}

type Parts = Extract<RequestBody, { type: 'parts' }>['parts']

function openParts(parts: Parts, maxDepth: number): ScoringRequest {
  const part = (name: string) => parts.find((candidate) => candidate.name === name)
  const asMask = (bytes: Uint8Array, sidecar?: Uint8Array): MaskInput => ({
    kind: 'file',
    bytes,
    ...(sidecar && { sidecar }),
  })
  const options = part('options')
  return {
    mask(name) {
      const found = part(name)
      if (!found) throw missing(name)
      return asMask(found.bytes, part(`${name}_json`)?.bytes)
    },
    has: (name) => part(name) !== undefined,
    masks: (name) =>
      parts
        .filter((candidate) => candidate.name === name)
        .map(({ filename, bytes }, index) => ({
          annotator: filename || `${index + 1}`,
          mask: asMask(bytes),
        })),
    file: (name) => part(name)?.bytes,
    value(name) {
      const found = part(name)
      return found && parseJson(found.bytes, maxDepth, `/${name}`)
    },
    options: options && parseJson(options.bytes, maxDepth, '/options'),
  }
}

function openJson(bytes: Uint8Array, names: readonly string[], maxDepth: number): ScoringRequest {
  const json = parseJson(bytes, maxDepth)
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Refusal(
      'MALFORMED_JSON',
      `The body is one JSON object with the keys ${names.join(', ')} and options.`,
    )
  const body = json as Record<string, unknown>
  for (const key of Object.keys(body))
    if (key !== 'options' && !names.includes(key))
      throw refuseField(
        'UNEXPECTED_PART',
        `/${key.slice(0, 64)}`,
        `This key is unknown; known are ${names.join(', ')}, options.`,
      )
  const has = (name: string) => Object.hasOwn(body, name)
  const asMask = (value: unknown, pointer: string) => placedUnder(pointer, () => maskInput(value))
  return {
    mask(name) {
      if (!has(name)) throw missing(name)
      return asMask(body[name], `/${name}`)
    },
    has,
    masks(name, nameKey = 'annotator') {
      if (!has(name)) return []
      const list = body[name]
      if (!Array.isArray(list))
        throw refuseField('INVALID_ANNOTATION', `/${name}`, `This is not an array of {${nameKey}, mask}.`)
      return list.map((item: unknown, index) => {
        const { [nameKey]: annotator, mask, ...others } = (item ?? {}) as Record<string, unknown>
        const pointer = `/${name}/${index}`
        for (const key of Object.keys(others))
          throw refuseField(
            'UNEXPECTED_PART',
            `${pointer}/${key.slice(0, 64)}`,
            `This key is unknown; known are ${nameKey}, mask.`,
          )
        if (mask === undefined)
          throw refuseField('MISSING_PART', `${pointer}/mask`, 'The item has no `mask`.')
        return {
          annotator: typeof annotator === 'string' ? annotator.slice(0, 200) : `${index + 1}`,
          mask: asMask(mask, `${pointer}/mask`),
        }
      })
    },
    file: (name) => (has(name) ? decodeBase64(body[name], `/${name}`) : undefined),
    value: (name) => (has(name) ? body[name] : undefined),
    options: has('options') ? body.options : undefined,
  }
}

const missing = (name: string) => refuseField('MISSING_PART', `/${name}`, `\`${name}\` is missing.`)
