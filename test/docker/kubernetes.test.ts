import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { memoryBound } from '../../src/settings/memory-bound.ts'
import { loadSettings } from '../../src/settings/settings.ts'
import { dockerfileText, environmentOf, only, root, stagesOf } from './dockerfile.ts'
import { type Manifest, objections, readManifest } from './manifests.ts'

const folder = join(root, 'docker/kubernetes')
const yamlIn = (path: string) => globSync('*.yaml', { cwd: join(folder, path) }).sort()
const kustomizationOf = (path: string) =>
  parse(readFileSync(join(folder, path, 'kustomization.yaml'), 'utf8')) as Record<string, unknown[]>

const deployment = readManifest('deployment.yaml')
const pod = deployment.spec.template.spec
const [container] = pod.containers
const environment: Record<string, string> = Object.fromEntries(
  container.env
    .filter((one: Manifest) => one.value !== undefined)
    .map((one: Manifest) => [one.name, one.value]),
)
const image = stagesOf(dockerfileText).at(-1)!
const { NODE_ENV: _, MALLOC_ARENA_MAX: __, ...ofImage } = environmentOf(image)
const settings = loadSettings({ ...ofImage, ...environment })

describe('docker/kubernetes', () => {
  const resources = yamlIn('.').filter((name) => name !== 'kustomization.yaml')

  it.each([...resources, 'components/service-monitor/service-monitor.yaml'])('%s is valid', (path) => {
    expect(objections(readManifest(path))).toEqual([])
  })

  it.each(['cvat', 'label-studio'])('lets call backs to %s out, with secrets that are files', (tool) => {
    const policy = readManifest(`components/${tool}/network-policy.yaml`)
    expect(objections(policy)).toEqual([])
    expect(policy.spec.podSelector).toEqual(readManifest('network-policy.yaml').spec.podSelector)
    expect(policy.spec.policyTypes).toEqual(['Egress'])
    const ports = policy.spec.egress.flatMap(({ ports }: Manifest) => ports.map(({ port }: Manifest) => port))
    expect(ports).toEqual([53, 53, 8080])
    expect(kustomizationOf(`components/${tool}`)).toMatchObject({
      resources: ['network-policy.yaml'],
      patches: [{ path: 'deployment.yaml' }],
    })
    const patch = readManifest(`components/${tool}/deployment.yaml`)
    const { containers, volumes } = patch.spec.template.spec
    const patched = structuredClone(deployment)
    const patchedPod = patched.spec.template.spec
    patchedPod.volumes.push(...volumes)
    patchedPod.containers[0].env.push(...containers[0].env)
    patchedPod.containers[0].volumeMounts.push(...containers[0].volumeMounts)
    expect(objections(patched)).toEqual([])
    expect(containers[0].name).toBe(container.name)
    const variables = Object.fromEntries(containers[0].env.map(({ name, value }: Manifest) => [name, value]))
    const read: string[] = []
    loadSettings({ ...ofImage, ...variables }, (path) => {
      read.push(path)
      return 'a-secret-of-the-tool'
    })
    const [{ mountPath }] = containers[0].volumeMounts
    expect(read).toEqual([`${mountPath}/token`, `${mountPath}/hook-secret`])
    expect(volumes).toMatchObject([{ secret: { secretName: `maskscore-${tool}` } }])
  })

  it('keeps every secret of the deployment behind a reference', () => {
    for (const { name, value } of container.env)
      if (/TOKEN|SECRET|KEYS|PASSWORD/.test(name)) expect(value).toBeUndefined()
  })

  it('would notice a wrong type and an unknown field', () => {
    const wrong = structuredClone(deployment)
    wrong.spec.minReadySeconds = 'ten'
    wrong.spec.template.spec.containers[0].readOnlyRootFilesystem = true
    expect(objections(wrong)).toEqual([
      expect.stringContaining('data/spec/minReadySeconds must be integer'),
      '/spec/template/spec/containers/0/readOnlyRootFilesystem: unknown field',
    ])
  })

  it('lists every file in its kustomization', () => {
    expect(kustomizationOf('.').resources.toSorted()).toEqual(resources)
    expect(kustomizationOf('components/service-monitor').resources).toEqual(['service-monitor.yaml'])
    expect(kustomizationOf('components/queue-time').patches).toEqual([
      { path: 'horizontal-pod-autoscaler.yaml' },
    ])
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(kustomizationOf('.').images).toEqual([expect.objectContaining({ newTag: version })])
  })

  it.skipIf(spawnSync('kubectl', ['version', '--client']).status !== 0)(
    'is put together by kustomize (skipped where kubectl is not installed)',
    () => {
      const { status, stdout } = spawnSync('kubectl', ['kustomize', folder], { encoding: 'utf8' })
      expect(status).toBe(0)
      expect(stdout.match(/^kind: /gm)).toHaveLength(resources.length)
    },
  )

  it('scales by queue time with a patch that leaves a valid autoscaler', () => {
    const base = readManifest('horizontal-pod-autoscaler.yaml')
    const patch = readManifest('components/queue-time/horizontal-pod-autoscaler.yaml')
    expect(objections({ ...base, spec: { ...base.spec, ...patch.spec } })).toEqual([])
    expect(base.spec.scaleTargetRef).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'maskscore' })
  })

  it('selects the same pods everywhere', () => {
    const labels = { 'app.kubernetes.io/name': 'maskscore' }
    expect(deployment.spec.template.metadata.labels).toEqual(labels)
    expect(deployment.spec.selector.matchLabels).toEqual(labels)
    expect(readManifest('service.yaml').spec.selector).toEqual(labels)
    expect(readManifest('pod-disruption-budget.yaml').spec.selector.matchLabels).toEqual(labels)
    expect(readManifest('network-policy.yaml').spec.podSelector.matchLabels).toEqual(labels)
    expect(readManifest('components/service-monitor/service-monitor.yaml').spec.selector.matchLabels).toEqual(
      labels,
    )
    const names = [...resources].map((path) => `${basename(path)} ${readManifest(path).metadata.name}`)
    expect(names).toEqual(resources.map((path) => `${path} maskscore`))
  })

  it('gives the pod nothing that it does not need', () => {
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    })
    const { runAsUser, runAsGroup } = pod.securityContext
    expect(`${runAsUser}:${runAsGroup}`).toBe(only(image, 'USER'))
    expect(pod.automountServiceAccountToken).toBe(false)
    expect(readManifest('service-account.yaml').automountServiceAccountToken).toBe(false)
    expect(readManifest('network-policy.yaml').spec).toMatchObject({
      policyTypes: ['Ingress', 'Egress'],
      egress: [],
    })
  })

  it('is not given variables that look like settings and are none', () => {
    expect(pod.enableServiceLinks).toBe(false)
  })

  it('names ports that the service listens on', () => {
    expect(container.ports).toEqual([
      { name: 'http', containerPort: settings.port },
      { name: 'telemetry', containerPort: settings.telemetryPort },
    ])
  })

  it('asks the probes that are there, and drains without a hook', () => {
    expect(container.livenessProbe.httpGet.path).toBe('/livez')
    expect(container.startupProbe.httpGet.path).toBe('/livez')
    expect(container.readinessProbe.httpGet.path).toBe('/readyz')
    expect(container).not.toHaveProperty('lifecycle')
    // Not ready must be seen by the probe, and reach every proxy, while new connections are still taken.
    const { periodSeconds, failureThreshold } = container.readinessProbe
    expect(settings.drainDelay).toBeGreaterThan(2 * 1000 * periodSeconds * failureThreshold)
    expect(settings.gracePeriod).toBeGreaterThan(settings.requestTimeout)
    expect(1000 * pod.terminationGracePeriodSeconds).toBeGreaterThan(
      settings.drainDelay + settings.gracePeriod,
    )
  })

  it('has the memory that its settings can ask for', () => {
    const { requests, limits } = container.resources
    expect(limits.memory).toBe('4Gi')
    expect(requests.memory).toBe(limits.memory)
    expect(4 * 2 ** 30).toBeGreaterThanOrEqual(memoryBound(settings))
    expect(Number(requests.cpu)).toBe(settings.threads)
  })
})
