import { existsSync, readFileSync } from 'node:fs'
import { findPackageJSON, stripTypeScriptTypes } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import { browserPackages } from './browser-packages.ts'

const root = join(import.meta.dirname, '../..')
const entry = 'src/page/browser/main.ts'

/** A module of the page: its address below the page's files, and what a browser runs. */
export interface PageModule {
  readonly address: string
  readonly text: string
  /** Whether the first screen needs it: it is reached by static imports alone. */
  readonly isFirst: boolean
}

/** Where the file of a package lies below the page's files. */
export const packageAddress = (file: string): string => `packages/${file}`

/**
 * Every module of the page, found by its imports from `browser/main.ts` on: what is not imported is not served. Types are
 * taken out in place, so that lines and columns stay those of the source.
 * @throws Error for an import of a package that `browser-packages.ts` does not list
 */
export function pageModules(): PageModule[] {
  const texts = new Map<string, string>()
  const textOf = (address: string): string => {
    const text = texts.get(address) ?? codeOf(address)
    texts.set(address, text)
    return text
  }
  const first = reachedFrom(entry, textOf, staticImportsOf)
  const all = reachedFrom(entry, textOf, (text) => [...staticImportsOf(text), ...laterImportsOf(text)])
  return [...all]
    .map((address) => ({ address, text: textOf(address), isFirst: first.has(address) }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
}

function reachedFrom(
  start: string,
  textOf: (address: string) => string,
  importsOf: (text: string) => readonly string[],
): Set<string> {
  const found = new Set([start])
  // A set goes on with what is added to it meanwhile.
  for (const address of found)
    for (const specifier of importsOf(textOf(address))) found.add(addressOf(specifier, address))
  return found
}

function codeOf(address: string): string {
  if (!address.startsWith('packages/'))
    return preparedModules()?.[address] ?? stripTypeScriptTypes(readFileSync(join(root, address), 'utf8'))
  const text = readFileSync(packagePath(address.slice('packages/'.length)), 'utf8')
  return text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
}

/** The modules without their types, by address, in the npm package, which has no sources. */
function preparedModules(): Readonly<Record<string, string>> | undefined {
  const path = join(import.meta.dirname, 'prepared-modules.json')
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : undefined
}

/** Where a file of a package lies: the packages of Lit may lie beside it or below it. */
function packagePath(file: string): string {
  const [, name = '', path = ''] = /^((?:@[^/]+\/)?[^/]+)\/(.*)$/.exec(file) ?? []
  const lit = findPackageJSON('lit', import.meta.url)
  const manifest = name === 'lit' ? lit : lit && findPackageJSON(name, lit)
  if (!manifest) throw new Error(`the package ${name} is not installed`)
  return join(dirname(manifest), path)
}

const specifiersIn = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, specifier]) => specifier)

const staticImportsOf = (text: string): string[] =>
  specifiersIn(text, /(?:\bfrom\s*|\bimport\s*)["']([^"']+)["']/g)

/** What is asked for when it is needed: `import('…')`, and workers, which are named by `new URL('…', import.meta.url)`. */
const laterImportsOf = (text: string): string[] => [
  ...specifiersIn(text, /\bimport\(\s*["']([^"']+)["']/g),
  ...specifiersIn(text, /new URL\(\s*["'](\.[^"']+\.ts)["'],\s*import\.meta\.url/g),
]

function addressOf(specifier: string, importer: string): string {
  if (specifier.startsWith('.')) return posix.join(dirname(importer), specifier)
  const file = browserPackages[specifier]
  if (!file)
    throw new Error(`${relative('.', importer)} imports ${specifier}, which is no package of the page`)
  return packageAddress(file)
}
