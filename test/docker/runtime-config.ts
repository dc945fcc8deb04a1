import { readFileSync } from 'node:fs'

/**
 * Turns what `buildah inspect` says of the image (a file) into the configuration of an OCI runtime, restricted as in
 * docker/compose.yaml but for an even stranger user. The network is the machine's, so the port is given.
 *
 *   runtime-config.ts INSPECTED ROOT PORT > config.json
 */
const [inspected, root, port] = process.argv.slice(2)
const { config } = JSON.parse(readFileSync(inspected, 'utf8')).Docker as {
  config: { Env: string[]; Entrypoint: string[]; Cmd: string[]; WorkingDir: string }
}
const options = ['nosuid', 'noexec', 'nodev']
const mounts = [
  { destination: '/proc', type: 'proc', source: 'proc' },
  { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755', 'size=64k'] },
  { destination: '/tmp', type: 'tmpfs', source: 'tmpfs', options: [...options, 'mode=1777', 'size=64m'] },
]
const none = { bounding: [], effective: [], inheritable: [], permitted: [], ambient: [] }

process.stdout.write(
  JSON.stringify({
    ociVersion: '1.0.2',
    root: { path: root, readonly: true },
    hostname: 'maskscore',
    mounts,
    process: {
      user: { uid: 12_345, gid: 0 },
      args: [...config.Entrypoint, ...config.Cmd],
      env: [...config.Env, `MASKSCORE_PORT=${port}`, 'MASKSCORE_THREADS=2'],
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
  }),
)
