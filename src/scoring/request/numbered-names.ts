/**
 * Names of annotators, each once: those that several masks have get numbers in the order of the masks, `ann (1)`,
 * `ann (2)`, past numbers that somebody is named already.
 */
export function numberedNames(names: readonly string[]): string[] {
  const taken = new Set(names)
  return names.map((name, index) => {
    if (names.indexOf(name) === index && names.lastIndexOf(name) === index) return name
    let number = 1
    while (taken.has(`${name} (${number})`)) number++
    taken.add(`${name} (${number})`)
    return `${name} (${number})`
  })
}
