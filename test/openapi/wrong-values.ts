import fc from 'fast-check'

/** What stands where something else should: every JSON type, corner numbers, names with a meaning in JavaScript. */
const intruders = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 0.5, 1e308, -1e308, 2 ** 53, '', ' ', '0', 'NaN', [], {}, [[]]),
  fc.constantFrom(
    '__proto__',
    'constructor',
    '/mi_loss',
    '../../etc/passwd',
    '\u0000',
    '\ud800',
    'é'.repeat(50),
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const keys = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'options', '', 'a/b~c'),
  fc.string({ maxLength: 10 }),
)

/** A value with one thing in it wrong: a node replaced, a key taken out, a key put in. */
export const spoilt = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .record({
      place: fc.nat(),
      how: fc.constantFrom('replace', 'drop', 'add'),
      intruder: intruders,
      key: keys,
    })
    .map(({ place, how, intruder, key }) => {
      const nodes = pathsIn(value)
      return changed(value, nodes[place % nodes.length], (node) => {
        if (how === 'replace' || typeof node !== 'object' || node === null) return intruder
        if (Array.isArray(node)) return how === 'drop' ? node.slice(1) : [...node, intruder]
        const entries = Object.entries(node)
        const kept = how === 'drop' ? entries.slice(1) : [...entries, [key, intruder] as const]
        return Object.fromEntries(kept)
      })
    })

function pathsIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, item]) => pathsIn(item, [...path, key]))]
}

function changed(value: unknown, path: readonly string[], change: (node: unknown) => unknown): unknown {
  const [key, ...rest] = path
  if (key === undefined) return change(value)
  const below = (item: unknown) => changed(item, rest, change)
  if (Array.isArray(value)) return value.map((item, index) => (`${index}` === key ? below(item) : item))
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === key ? below(item) : item]),
  )
}
