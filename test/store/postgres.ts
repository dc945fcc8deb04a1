import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** Where the programs of PostgreSQL are, if they are. */
const programs = [
  ...(process.env.PATH ?? '').split(delimiter),
  ...globSync('/usr/lib/postgresql/*/bin').sort().reverse(),
].find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))))

/** As root it does not start: who then runs it, if there is such a user. */
const user = process.getuid?.() === 0 ? (idsOf('postgres') ?? idsOf('nobody')) : undefined

/** Why there is no server to test against. */
export const noPostgres =
  programs === undefined
    ? 'no initdb and postgres in PATH or /usr/lib/postgresql'
    : process.getuid?.() === 0 && user === undefined
      ? 'PostgreSQL does not run as root, and there is no user postgres or nobody'
      : undefined

/** A server of its own in a temporary folder, on a free port. */
export class Postgres {
  readonly #folder = mkdtempSync(join(tmpdir(), 'maskscore-postgres-'))
  #server: ChildProcess | undefined
  #port = 0
  #databases = 0

  async start(): Promise<void> {
    if (!this.#port) {
      this.#port = await freePort()
      if (user) chownSync(this.#folder, user.uid, user.gid)
      chmodSync(this.#folder, 0o700)
      const flags = ['-D', this.#data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--no-sync']
      execFileSync(join(programs ?? '', 'initdb'), flags, { ...user, stdio: 'ignore', cwd: this.#folder })
    }
    const flags = ['-D', this.#data, '-p', String(this.#port), '-h', '127.0.0.1', '-k', '', '-F']
    this.#server = spawn(join(programs ?? '', 'postgres'), flags, {
      ...user,
      stdio: 'ignore',
      cwd: this.#folder,
    })
    while (!(await this.#answers())) await sleep(50)
  }

  /** An empty database. */
  async database(): Promise<string> {
    const name = `test_${this.#databases++}`
    await this.#ask('postgres', `create database ${name}`)
    return this.#url(name)
  }

  async stop(signal: NodeJS.Signals = 'SIGINT'): Promise<void> {
    const server = this.#server
    if (!server || server.exitCode !== null) return
    server.kill(signal)
    await once(server, 'exit')
  }

  async remove(): Promise<void> {
    await this.stop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Of the server that runs. */
  get pid(): number {
    if (this.#server?.pid === undefined) throw new Error('PostgreSQL does not run')
    return this.#server.pid
  }

  get #data(): string {
    return join(this.#folder, 'data')
  }

  #url(database: string): string {
    return `postgres://postgres@127.0.0.1:${this.#port}/${database}`
  }

  async #ask(database: string, text: string): Promise<void> {
    const { default: pg } = await import('pg')
    const client = new pg.Client({ connectionString: this.#url(database) })
    await client.connect()
    try {
      await client.query(text)
    } finally {
      await client.end()
    }
  }

  #answers(): Promise<boolean> {
    return this.#ask('postgres', 'select 1').then(
      () => true,
      () => false,
    )
  }
}

function idsOf(name: string): { uid: number; gid: number } | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] })),
    )
    return { uid, gid }
  } catch {
    return undefined
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address ? address.port : 0
}
