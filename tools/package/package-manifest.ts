/** What others may import, and the file each name leads to. */
const entries = {
  '.': './src/scoring/score',
  './options': './src/scoring/request/parse-options',
  './limits': './src/limits',
  './app': './src/app',
  './settings': './src/settings/settings',
}

interface Manifest {
  readonly name: string
  readonly version: string
  readonly description: string
  readonly license: string
  readonly engines: object
  readonly bin: object
  readonly dependencies: object
}

/** The package.json of the package, out of the project's: no script, and nothing that only its tests need. */
export function packageManifest(text: string): object {
  const { name, version, description, license, engines, bin, dependencies } = JSON.parse(text) as Manifest
  const exports = Object.fromEntries(
    Object.entries(entries).map(([entry, file]) => [entry, { types: `${file}.d.ts`, default: `${file}.js` }]),
  )
  return { name, version, description, license, type: 'module', engines, bin, exports, dependencies }
}
