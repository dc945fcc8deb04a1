import { readFileSync } from 'node:fs'

/** What a container is started with, beside what its image says. */
export interface ContainerOrder {
  /** What `buildah inspect` says of the image, a file. */
  readonly inspected: string
  /** The folder of its root. */
  readonly root: string
  readonly args?: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Folders of the machine by their place in the container. */
  readonly folders?: Readonly<Record<string, { readonly source: string; readonly isReadonly?: boolean }>>
}

const options = ['nosuid', 'noexec', 'nodev']
const mounts = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
  { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: [...options, 'mode=1777', 'size=64m'] },
]
const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }

/**
 * The configuration of an OCI runtime, restricted as in docker/compose.yaml but for an even stranger user. The network is the
 * machine's.
 */
export function runtimeConfig({ inspected, root, args, environment, folders = {} }: ContainerOrder): string {
  const { config } = JSON.parse(readFileSync(inspected, 'utf8')).Docker as {
    config: { Env: string[]; Entrypoint: string[]; Cmd: string[]; WorkingDir: string }
  }
  const bound = Object.entries(folders).map(([destination, { source, isReadonly }]) => ({
    destination,
    type: 'bind',
    source,
    options: ['bind', ...options, isReadonly ? 'ro' : 'rw'],
  }))
  return JSON.stringify({
    ociVersion: '1.0.2',
    root: { path: root, readonly: true },
    hostname: 'maskscore',
    mounts: [...mounts, ...bound],
    process: {
      user: { uid: 12_345, gid: 0 },
      args: [...config.Entrypoint, ...(args ?? config.Cmd)],
      env: [...config.Env, ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)],
      cwd: config.WorkingDir,
      capabilities: none,
      noNewPrivileges: true,
    },
    linux: {
      namespaces: ['pid', 'ipc', 'uts', 'mount'].map((type) => ({ type })),
      resources: { memory: { limit: 4 * 2 ** 30 }, pids: { limit: 256 } },
      maskedPaths: ['/proc/kcore', '/proc/keys'],
      readonlyPaths: ['/proc/sys', '/proc/sysrq-trigger'],
    },
  })
}

// runtime-config.ts INSPECTED ROOT DATA_FOLDER NAME=VALUE... > config.json
if (import.meta.main) {
  const [inspected, root, source, ...variables] = process.argv.slice(2)
  const environment = Object.fromEntries(variables.map((variable) => variable.split('=', 2)))
  process.stdout.write(runtimeConfig({ inspected, root, environment, folders: { '/app/data': { source } } }))
}
