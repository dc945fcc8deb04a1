import type { Random } from '../../../bench/images/random.ts'
import { below, type DocumentMutant, pick } from './mutant.ts'

type Mutation = (text: string, random: Random) => Uint8Array

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le')

/** Other ways to write the same text. */
const sound: Readonly<Record<string, Mutation>> = {
  'UTF-16, little end first': (text) => utf16(text),
  'UTF-16, big end first': (text) => utf16(text).swap16(),
  'UTF-8 with its mark': (text) => utf8(`\uFEFF${text}`),
  'UTF-16 without its mark': (text) => utf16(text).subarray(2),
  'lines of Windows': (text) => utf8(text.replaceAll('\n', '\r\n')),
  'spaces around': (text) => utf8(`\n\n  ${text}  \n\n`),
}

/** Damage: whatever is left of it. */
const damaging: Readonly<Record<string, Mutation>> = {
  truncated: (text, random) => utf8(text.slice(0, below(random, text.length))),
  'bytes changed': (text, random) => {
    const bytes = utf8(text)
    for (let k = 1 + below(random, 4); k > 0; k--) bytes[below(random, bytes.length)] = below(random, 256)
    return bytes
  },
  'part doubled': (text, random) => {
    const at = below(random, text.length)
    const end = at + 1 + below(random, 64)
    return utf8(text.slice(0, end) + text.slice(at))
  },
  'part dropped': (text, random) => {
    const at = below(random, text.length)
    return utf8(text.slice(0, at) + text.slice(at + 1 + below(random, 64)))
  },
  'two documents': (text, random) => utf8(text + pick(['\n', '', ','], random) + text),
  'nested deeply': (text, random) => {
    const depth = pick([10, 600, 100_000], random)
    return utf8('['.repeat(depth) + text + ']'.repeat(depth))
  },
  'key doubled': (text, random) => {
    const members = [...text.matchAll(/[{,]("[^"\\]*":(?:"[^"\\]*"|-?\d+))(?=[,}])/g)]
    if (members.length === 0) return utf8(text)
    const { index, 1: member, 0: whole } = pick(members, random)
    const at = index + whole.length
    return utf8(`${text.slice(0, at)},${member}${text.slice(at)}`)
  },
}

/** One mutation of a document as a text. */
export function mutateText(text: string, random: Random): DocumentMutant {
  const isSound = random() < 0.4
  const mutations = isSound ? sound : damaging
  const how = pick(Object.keys(mutations), random)
  return { how, bytes: mutations[how](text, random), keeps: isSound, isSound }
}
