import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, linkSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { makeSeed } from '../../src/store/database/make-seed.ts'
import { seedFile } from '../../src/store/database/seed.ts'
import { dockerfileText, only, root, stagesOf } from './dockerfile.ts'

/**
 * A folder as the image's file system: Node, the production dependencies, and exactly what the Dockerfile copies,
 * past .dockerignore, and the seed of its embedded database. Dependencies are taken from here by the lock file's word, which is what `npm ci --omit=dev` goes by.
 */
export async function assembleImage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'maskscore-image-'))
  const stages = stagesOf(dockerfileText)
  const app = join(folder, only(stages.at(-1)!, 'WORKDIR'))
  mkdirSync(join(folder, 'usr/local/bin'), { recursive: true })
  linkOrCopy(process.execPath, join(folder, 'usr/local/bin/node'))
  for (const { from, sources, target } of stages.at(-1)!.copies)
    if (sources[0].endsWith('/node_modules')) copyDependencies(join(app, target))
    else if (sources[0].endsWith('/.cache')) await copySeed(app)
    else
      for (const copy of stages.find(({ name }) => name === from)!.copies)
        for (const source of copy.sources)
          cpSync(join(root, source), join(app, source), { recursive: true, filter: notIgnored })
  execFileSync('chmod', ['-R', 'a+rX,go-w', folder])
  chmodSync(folder, 0o755)
  return folder
}

async function copySeed(app: string): Promise<void> {
  await makeSeed()
  cpSync(seedFile, join(app, relative(root, seedFile)))
}

/** Node is large; a link costs nothing where both places are on one disk. */
function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target)
  } catch {
    cpSync(source, target)
  }
}

const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => /^[a-z]/.test(line))
const notIgnored = (path: string): boolean => !ignored.includes(relative(root, path))

interface LockedPackage {
  readonly dev?: boolean
  readonly link?: boolean
}

function copyDependencies(target: string): void {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockedPackage>
  }
  for (const [path, { dev, link }] of Object.entries(lock.packages)) {
    const source = join(root, path)
    // What is optional and made for another platform is not there.
    if (!path.startsWith('node_modules/') || dev || link || !existsSync(source)) continue
    cpSync(source, join(target, relative('node_modules', path)), { recursive: true })
  }
}
