import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, realpathSync } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { extname, join, relative } from 'node:path'
import { parseKept } from '../evaluations/running/kept-json.ts'

/**
 * The files of runs, in a folder that all machines of a service share. A folder for each run holds all that its rows in the
 * database can be made again from.
 */
export class BlobFolder {
  readonly folder: string

  constructor(folder: string) {
    for (const name of ['', 'runs', 'datasets', 'spool', 'trash'])
      mkdirSync(join(folder, name), { recursive: true, mode: 0o700 })
    // Files are read by their real paths alone.
    this.folder = realpathSync(folder)
  }

  get runs(): string {
    return join(this.folder, 'runs')
  }

  /** Where uploads arrive. */
  get spool(): string {
    return join(this.folder, 'spool')
  }

  run(id: string): string {
    return join(this.runs, id)
  }

  shards(id: string): string {
    return join(this.run(id), 'shards')
  }

  async create(id: string): Promise<void> {
    await mkdir(this.shards(id), { recursive: true, mode: 0o700 })
  }

  /**
   * Moves an upload into the folder of a run, to the disk itself.
   * @param side what it is for: a folder, so that files of one name on both sides do not meet
   * @param name what its sender calls it; only a harmless name is kept
   * @return path within the run, and bytes
   */
  async take(
    upload: string,
    id: string,
    side: string,
    name: string,
  ): Promise<{ path: string; bytes: number }> {
    const path = join('sources', side, safeName(name))
    const target = join(this.run(id), path)
    await mkdir(join(this.run(id), 'sources', side), { recursive: true, mode: 0o700 })
    const file = await open(upload, 'r')
    try {
      await file.sync()
      const { size } = await file.stat()
      await rename(upload, target)
      return { path, bytes: size }
    } finally {
      await file.close()
    }
  }

  /** Writes a small file of a run whole, to the disk itself, or not at all. */
  async write(id: string, name: string, text: string): Promise<void> {
    await writeDurably(join(this.run(id), name), [Buffer.from(text)])
  }

  /** Changes a small file of a run that holds JSON. @return what it holds now; undefined where there is none */
  async rewrite<T>(id: string, name: string, change: (content: T) => T): Promise<T | undefined> {
    const content = await this.readJson<T>(id, name)
    if (content === undefined) return undefined
    const changed = change(content)
    await this.write(id, name, JSON.stringify(changed))
    return changed
  }

  /** @return undefined where there is none */
  async read(id: string, name: string): Promise<string | undefined> {
    return readFile(join(this.run(id), name), 'utf8').catch(absent)
  }

  /** @return undefined where there is none @throws Refusal RESULTS_DAMAGED */
  async readJson<T>(id: string, name: string): Promise<T | undefined> {
    const text = await this.read(id, name)
    return text === undefined ? undefined : parseKept<T>(text, name)
  }

  /** Bytes of all files of a run beside its uploads. */
  async bytesOfResults(id: string): Promise<number> {
    const entries = await readdir(this.run(id), { recursive: true, withFileTypes: true }).catch(absent)
    let bytes = 0
    for (const entry of entries ?? []) {
      if (!entry.isFile() || entry.parentPath.startsWith(join(this.run(id), 'sources'))) continue
      bytes += (await stat(join(entry.parentPath, entry.name)).catch(absent))?.size ?? 0
    }
    return bytes
  }

  /** The uploads of a run that are still there, by their paths within it. */
  async sources(id: string): Promise<{ readonly path: string; readonly bytes: number }[]> {
    const folder = join(this.run(id), 'sources')
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(absent)
    const files = (entries ?? []).filter((entry) => entry.isFile())
    return Promise.all(
      files.map(async ({ parentPath, name }) => {
        const path = join(parentPath, name)
        return { path: relative(this.run(id), path), bytes: (await stat(path)).size }
      }),
    )
  }

  /** Removes the uploads of a run and what stands for parts of them. */
  async dropSources(id: string): Promise<void> {
    for (const name of ['sources', 'parts'])
      await rm(join(this.run(id), name), { recursive: true, force: true })
  }

  /** Takes a run's files out of sight at once: whatever happens next, they do not come back. */
  async discard(id: string): Promise<void> {
    await rename(this.run(id), join(this.folder, 'trash', id)).catch(async (error: NodeJS.ErrnoException) => {
      // It lies in the trash already, and work that went on made its folder again.
      if (error.code === 'ENOTEMPTY' || error.code === 'EEXIST')
        await rm(this.run(id), { recursive: true, force: true })
      else absent(error)
    })
  }

  /** Moves the files of a run that cannot be read to where they stay for the operator. @return their folder */
  async setAside(id: string): Promise<string> {
    const aside = join(this.folder, 'damaged', id)
    await mkdir(join(this.folder, 'damaged'), { recursive: true, mode: 0o700 })
    await rename(this.run(id), aside)
    return aside
  }

  /** Runs whose files were discarded. */
  async discarded(): Promise<string[]> {
    return readdir(join(this.folder, 'trash'))
  }

  async emptyTrash(id: string): Promise<void> {
    await rm(join(this.folder, 'trash', id), { recursive: true, force: true })
  }

  /** Keeps the settings of a dataset beside the database. */
  async writeDataset(owner: string, name: string, text: string): Promise<void> {
    await writeDurably(this.#dataset(owner, name), [Buffer.from(text)])
  }

  async dropDataset(owner: string, name: string): Promise<void> {
    await rm(this.#dataset(owner, name), { force: true })
  }

  /** Files that hold what was kept of each dataset. */
  async listDatasets(): Promise<string[]> {
    const folder = join(this.folder, 'datasets')
    return (await readdir(folder)).filter((name) => name.endsWith('.json')).map((name) => join(folder, name))
  }

  async listRuns(): Promise<string[]> {
    return readdir(this.runs)
  }

  /** Names of owners and datasets may be no names of files. */
  #dataset(owner: string, name: string): string {
    const hash = createHash('sha256')
      .update(JSON.stringify([owner, name]))
      .digest('hex')
    return join(this.folder, 'datasets', `${hash}.json`)
  }
}

/** Writes a file whole, to the disk itself, and renames it into place. */
export async function writeDurably(path: string, pieces: Iterable<Uint8Array>): Promise<void> {
  const fresh = `${path}.${randomUUID().slice(0, 8)}.new`
  const file = await open(fresh, 'w', 0o600)
  try {
    try {
      for (const piece of pieces) await file.writeFile(piece)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(fresh, path)
  } catch (error) {
    // It would take room from the next try.
    await rm(fresh, { force: true })
    throw error
  }
}

/** Undefined for what is not there. */
export function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** A name that can be no path; of any other the ending is kept, which tells archives and documents apart. */
function safeName(name: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}$/.test(name)) return name
  const ending = extname(name).toLowerCase()
  return /^\.[a-z0-9]{1,8}$/.test(ending) ? `file${ending}` : 'file'
}
