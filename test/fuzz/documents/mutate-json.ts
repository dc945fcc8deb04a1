import type { Random } from '../../../bench/images/random.ts'
import { type DocumentMutant, pick } from './mutant.ts'

/** A member of an object or an item of a list. */
interface Place {
  readonly owner: Record<string, unknown>
  readonly key: string
}

type Json = Record<string, unknown>
type Mutation = (document: Json, places: readonly Place[], random: Random) => { value: unknown } | undefined

const strange: readonly unknown[] = [true, '', 'x', '__proto', {}, [[]], [null], [[1, 2], 'y'], { x: 1 }]
const numbers: readonly number[] = [-1, 0, 0.5, 1e9, 1e308, -1e308, 2 ** 31, 2 ** 53, 2 ** 64, -0, 5e-324]

/** What is done to a document that still holds all of its shapes, somewhere and somehow. */
const keeping: Readonly<Record<string, Mutation>> = {
  'key renamed': (document, places, random) => {
    const { owner, key } = pick(places, random)
    if (Array.isArray(owner)) return undefined
    const renamed = pick([`${key}2`, key.toUpperCase(), `_${key}`, ` ${key}`], random)
    rename(owner, key, renamed)
    return { value: document }
  },
  'member moved': (document, places, random) => {
    const { owner, key } = pick(places, random)
    const target = pick(places, random)
    const moved = owner[key]
    if (Array.isArray(owner) || typeof moved !== 'object' || moved === null) return undefined
    if (typeof target.owner[target.key] !== 'object' || target.owner[target.key] === null) return undefined
    if (holds(moved, target.owner[target.key])) return undefined
    const into = target.owner[target.key] as Json
    if (Array.isArray(into) || into === owner) return undefined
    delete owner[key]
    into.moved = moved
    return { value: document }
  },
  'value in a list': (document, places, random) => {
    const { owner, key } = pick(places, random)
    owner[key] = [owner[key]]
    return { value: document }
  },
  'value in an object': (document, places, random) => {
    const { owner, key } = pick(places, random)
    owner[key] = { [pick(['value', 'data', key], random)]: owner[key] }
    return { value: document }
  },
  'document in a list': (document) => ({ value: [document] }),
  'document in an object': (document, _, random) => ({
    value: { [pick(['data', 'result', 'annotations', 'image'], random)]: document },
  }),
  'list as an object': (document, places, random) => {
    const { owner, key } = pick(places, random)
    if (!Array.isArray(owner[key])) return undefined
    owner[key] = { ...(owner[key] as object) }
    return { value: document }
  },
  'value as text': (document, places, random) => {
    const { owner, key } = pick(places, random)
    const value = owner[key]
    owner[key] = typeof value === 'string' ? value : JSON.stringify(value)
    return { value: document }
  },
  'text of another kind': (document, places, random) => {
    const texts = places.filter(({ owner, key }) => isWord(owner[key]))
    if (texts.length === 0) return undefined
    const { owner, key } = pick(texts, random)
    owner[key] = pick(['blob', 'brush', 'spline', `${owner[key]}s`], random)
    return { value: document }
  },
}

const isWord = (value: unknown): boolean => typeof value === 'string' && /^[A-Za-z_ ]{2,20}$/.test(value)

/** What is done to a document that may hold less, or other shapes, afterwards. */
const changing: Readonly<Record<string, Mutation>> = {
  'member dropped': (document, places, random) => {
    const { owner, key } = pick(places, random)
    if (Array.isArray(owner)) owner.splice(Number(key), 1)
    else delete owner[key]
    return { value: document }
  },
  'value null': (document, places, random) => {
    const { owner, key } = pick(places, random)
    owner[key] = null
    return { value: document }
  },
  'value strange': (document, places, random) => {
    const { owner, key } = pick(places, random)
    owner[key] = pick(strange, random)
    return { value: document }
  },
  'number changed': (document, places, random) => {
    const found = places.filter(({ owner, key }) => typeof owner[key] === 'number')
    if (found.length === 0) return undefined
    const { owner, key } = pick(found, random)
    owner[key] = pick(numbers, random)
    return { value: document }
  },
  'item doubled': (document, places, random) => {
    const { owner, key } = pick(places, random)
    if (!Array.isArray(owner)) return undefined
    owner.splice(Number(key), 0, structuredClone(owner[Number(key)]))
    return { value: document }
  },
}

/** One mutation of a JSON document as a value; undefined where the chosen one does not fit. */
export function mutateJson(
  original: unknown,
  random: Random,
): (Omit<DocumentMutant, 'bytes'> & { text: string }) | undefined {
  const isKeeping = random() < 0.6
  const mutations = isKeeping ? keeping : changing
  const name = pick(Object.keys(mutations), random)
  const document = structuredClone(original) as Json
  const places = placesOf(document)
  const mutated = mutations[name](document, places, random)
  if (!mutated) return undefined
  return { how: name, keeps: isKeeping, isSound: false, text: JSON.stringify(mutated.value) }
}

/** Of long lists the first items stand for all. */
function placesOf(document: unknown): Place[] {
  const places: Place[] = []
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const key of Object.keys(value).slice(0, 12)) {
      places.push({ owner: value as Json, key })
      visit((value as Json)[key])
    }
  }
  visit(document)
  return places
}

/** A key that is renamed keeps its position. */
function rename(owner: Json, key: string, renamed: string): void {
  const entries = Object.entries(owner)
  for (const [old] of entries) delete owner[old]
  for (const [old, value] of entries) owner[old === key ? renamed : old] = value
}

/** True when `inner` is `value` or within it. */
function holds(value: unknown, inner: unknown): boolean {
  if (value === inner) return true
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => holds(one, inner))
}
