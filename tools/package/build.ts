import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pageModules } from '../../src/page/page-modules.ts'
import { packageManifest } from './package-manifest.ts'

// Builds the npm package into `dist/package`, and packs it as `dist/maskscore-<version>.tgz`: Node strips no types in
// node_modules, so a package holds JavaScript and declarations.

const root = join(import.meta.dirname, '../..')
const target = join(root, 'dist/package')

/** What a module reads by its path, beside what TypeScript emits. */
const assets = [
  'src/**/*.{wasm,json,css,svg}',
  'src/page/example/*.png',
  'LICENSE',
  'NOTICE',
  'openapi.yaml',
  'README.md',
  'CHANGELOG.md',
]

/** Names of modules in strings, which TypeScript leaves as they are. */
const moduleAddress = /(new URL\('\.[^']*|import\('\.[^']*)\.ts'/g

rmSync(target, { recursive: true, force: true })
execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.package.json'], {
  cwd: root,
  stdio: 'inherit',
})
for (const path of globSync(assets, { cwd: root })) {
  mkdirSync(dirname(join(target, path)), { recursive: true })
  cpSync(join(root, path), join(target, path))
}
// A package has no sources: the page's modules go along as browsers run them.
const ownModules = pageModules().filter(({ address }) => !address.startsWith('packages/'))
writeFileSync(
  join(target, 'src/page/prepared-modules.json'),
  JSON.stringify(Object.fromEntries(ownModules.map(({ address, text }) => [address, text]))),
)
mkdirSync(join(target, 'bin'))
cpSync(join(root, 'bin/maskscore.js'), join(target, 'bin/maskscore.js'))
for (const path of globSync('{src,routes,bin}/**/*.js', { cwd: target })) {
  const text = readFileSync(join(target, path), 'utf8')
  const changed = text.replaceAll(moduleAddress, "$1.js'")
  if (changed !== text) writeFileSync(join(target, path), changed)
}
const manifest = packageManifest(readFileSync(join(root, 'package.json'), 'utf8'))
writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
execFileSync('npm', ['pack', '--silent', '--pack-destination', join(root, 'dist')], {
  cwd: target,
  stdio: 'inherit',
})
