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
}

/** Where the file of a package lies below the page's files. */
export const packageAddress = (file: string): string => `packages/${file}`

/**
 * Every module of the page, found by its imports from `browser/main.ts` on: what is not imported is not served. Types are
 * taken out in place, so that lines and columns stay those of the source.
 * @throws Error for an import of a package that `browser-packages.ts` does not list
 */
export function pageModules(): PageModule[] {
  const found = new Map<string, string>()
  const waiting = [entry]
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    if (found.has(address)) continue
    const text = codeOf(address)
    found.set(address, text)
    for (const specifier of importsOf(text)) waiting.push(addressOf(specifier, address))
  }
  return [...found]
    .map(([address, text]) => ({ address, text }))
    .sort((a, b) => (a.address < b.address ? -1 : 1))
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

/** Static imports, and workers, which are named by `new URL('…', import.meta.url)`. */
function importsOf(text: string): string[] {
  const imports = text.matchAll(/(?:\bfrom\s*|\bimport\s*)["']([^"']+)["']/g)
  const workers = text.matchAll(/new URL\(\s*["'](\.[^"']+\.ts)["'],\s*import\.meta\.url/g)
  return [...imports, ...workers].map(([, specifier]) => specifier)
}

function addressOf(specifier: string, importer: string): string {
  if (specifier.startsWith('.')) return posix.join(dirname(importer), specifier)
  const file = browserPackages[specifier]
  if (!file)
    throw new Error(`${relative('.', importer)} imports ${specifier}, which is no package of the page`)
  return packageAddress(file)
}
