import type { Random } from '../../../bench/images/random.ts'
import { below, type DocumentMutant, pick } from './mutant.ts'

type Mutation = (text: string, random: Random) => string | undefined

/** A match of the pattern, replaced. */
function replaceOne(text: string, pattern: RegExp, random: Random, by: (match: RegExpExecArray) => string) {
  const matches = [...text.matchAll(pattern)] as RegExpExecArray[]
  if (matches.length === 0) return undefined
  const match = pick(matches, random)
  return text.slice(0, match.index) + by(match) + text.slice(match.index + match[0].length)
}

const element = /<(\w+)((?: [\w:]+="[^"]*")*)>([^<]*)<\/\1>/g
const attribute = / ([\w:]+)="([^"]*)"/g

const keeping: Readonly<Record<string, Mutation>> = {
  'element renamed': (text, random) =>
    replaceOne(text, element, random, ([, name, rest, inner]) => {
      const other = pick([`${name}2`, 'blob', name.toUpperCase()], random)
      return `<${other}${rest}>${inner}</${other}>`
    }),
  'element nested': (text, random) =>
    replaceOne(text, element, random, ([whole]) => `<group>${whole}</group>`),
  'attribute renamed': (text, random) =>
    replaceOne(text, attribute, random, ([, name, value]) => ` ${name}2="${value}"`),
  'document nested': (text) =>
    text.replace(/<annotations>([\s\S]*)<\/annotations>/, '<data><annotations>$1</annotations></data>'),
  'self-closing': (text, random) =>
    replaceOne(text, /<(\w+)((?: [\w:]+="[^"]*")*)><\/\1>/g, random, ([, name, rest]) => `<${name}${rest}/>`),
}

const changing: Readonly<Record<string, Mutation>> = {
  'element dropped': (text, random) => replaceOne(text, element, random, () => ''),
  'attribute dropped': (text, random) => replaceOne(text, attribute, random, () => ''),
  'value changed': (text, random) =>
    replaceOne(text, attribute, random, ([, name]) => {
      const value = pick(['', '-1', '1e9', '1e400', 'NaN', 'x', '0.5', '99999999999', ';;', '1,2'], random)
      return ` ${name}="${value}"`
    }),
  'document type': (text) => text.replace('<annotations>', '<!DOCTYPE a [<!ENTITY b "c">]><annotations>'),
  'other encoding': (text) => text.replace('utf-8', 'iso-8859-1'),
}

/** One mutation of an XML document; undefined where the chosen one does not fit. */
export function mutateXml(text: string, random: Random): DocumentMutant | undefined {
  const isKeeping = below(random, 2) === 0
  const mutations = isKeeping ? keeping : changing
  const how = pick(Object.keys(mutations), random)
  const mutated = mutations[how](text, random)
  if (mutated === undefined) return undefined
  return { how, bytes: new TextEncoder().encode(mutated), keeps: isKeeping, isSound: false }
}
