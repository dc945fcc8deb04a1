import { describe, expect, it } from 'vitest'
import { Refusal } from '../../src/problems/refusal.ts'
import { masks } from '../http/examples.ts'
import { paint, read } from './read.ts'

type Path = readonly (string | number)[]
type Change = (owner: Record<string, unknown>, key: string) => void

/** Items of a list have no names and cannot move away from it. */
const ofMembers = new Set([
  'renamed',
  'moved into a member of its own',
  'left empty, with its content beside it',
])

/** What writers of other versions do to the place of a region. */
const changes: Readonly<Record<string, Change>> = {
  renamed: (owner, key) => {
    owner[`${key}V2`] = owner[key]
    delete owner[key]
  },
  'wrapped in an object': (owner, key) => {
    owner[key] = { inner: owner[key] }
  },
  'wrapped in a list': (owner, key) => {
    owner[key] = [owner[key]]
  },
  'moved into a member of its own': (owner, key) => {
    owner.layer = { [key]: owner[key] }
    delete owner[key]
  },
  'left empty, with its content beside it': (owner, key) => {
    owner.elsewhere = owner[key]
    owner[key] = Array.isArray(owner[key]) ? [] : {}
  },
  'of a kind that nobody knows': (owner, key) => {
    if (typeof owner[key] === 'string') owner[key] = 'spline'
  },
}

/** Every object or list of a document, and every text; of long lists the first and the last item. */
function placesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return []
  const keys = Object.keys(value)
  const looked = Array.isArray(value) && keys.length > 2 ? [keys[0], keys[keys.length - 1]] : keys
  return looked.flatMap((key) => {
    const member = (value as Record<string, unknown>)[key]
    if (typeof member === 'number' || typeof member === 'boolean' || member === null) return []
    const place = [...path, Array.isArray(value) ? Number(key) : key]
    return [place, ...placesOf(member, place)]
  })
}

function changed(document: object, path: Path, change: Change): object {
  const copy = structuredClone(document)
  let owner = copy as Record<string, unknown>
  for (const key of path.slice(0, -1)) owner = owner[key] as Record<string, unknown>
  change(owner, String(path.at(-1)))
  return copy
}

/** Pixels with any label, and the codes of warnings; undefined for a refusal. */
async function foreground(data: unknown, options: object) {
  try {
    const image = await read(data, options)
    const { map, warnings } = paint(image)
    return {
      painted: Array.from(map.labels, (label) => label !== 0),
      codes: warnings.map(({ code }) => code),
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return undefined
  }
}

describe('a region is found where it is, or its absence is told', () => {
  it.each(Object.keys(masks).filter((format) => format !== 'image'))('%s', async (format) => {
    const { data, image_data, ...options } = masks[format]('ground-truth') as Record<string, unknown>
    const png = typeof image_data === 'string' ? Buffer.from(image_data, 'base64') : undefined
    const given = { ...options, ...(png && { png }) }
    const before = await foreground(data, given)
    if (!before) throw new Error(`the example of ${format} cannot be read`)
    if (typeof data === 'string') return
    const silent: string[] = []
    for (const path of placesOf(data))
      for (const [name, change] of Object.entries(changes)) {
        if (typeof path.at(-1) === 'number' && ofMembers.has(name)) continue
        const after = await foreground(changed(data as object, path, change), given)
        if (!after || after.codes.some((code) => !before.codes.includes(code))) continue
        if (before.painted.some((isPainted, pixel) => isPainted && !after.painted[pixel]))
          silent.push(`/${path.join('/')} ${name}`)
      }
    expect(silent).toEqual([])
  })
})
