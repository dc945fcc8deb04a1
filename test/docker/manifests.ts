import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1'
import { Deployment } from 'kubernetes-models/apps/v1'
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2'
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1'
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1'
import { PersistentVolumeClaim, Service, ServiceAccount } from 'kubernetes-models/v1'
import { parseAllDocuments } from 'yaml'
import { root } from './dockerfile.ts'

export interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  // biome-ignore lint/suspicious/noExplicitAny: the validators say what is in it.
  readonly [field: string]: any
}

const models = [
  Deployment,
  HorizontalPodAutoscaler,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  Service,
  ServiceAccount,
  ServiceMonitor,
]

export const readManifest = (path: string): Manifest => {
  const [document, ...more] = parseAllDocuments(readFileSync(join(root, 'docker/kubernetes', path), 'utf8'), {
    uniqueKeys: true,
  })
  if (more.length > 0 || document.errors.length > 0) throw new Error(`${path} is not one clean document`)
  return document.toJS() as Manifest
}

/** What Kubernetes' schemas object to, unknown fields among it; empty when they accept the manifest. */
export function objections(manifest: Manifest): string[] {
  const model = models.find(
    ({ apiVersion, kind }) => apiVersion === manifest.apiVersion && kind === manifest.kind,
  )
  if (!model) return [`${manifest.apiVersion} ${manifest.kind} is not known here`]
  const unread = new Set<string>()
  const document: Deployment = Object.setPrototypeOf(watched(manifest, '', unread), model.prototype)
  const refused: string[] = []
  try {
    document.validate()
  } catch (error) {
    refused.push((error as Error).message)
  }
  return [...refused, ...[...unread].map((path) => `${path}: unknown field`)]
}

/**
 * The document, noting in `unread` every field that nobody asks for. The schemas let unknown fields pass, but a
 * validator never looks at one, which gives slips of the pen away.
 */
function watched<T>(value: T, path: string, unread: Set<string>): T {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item, i) => watched(item, `${path}/${i}`, unread)) as T
  const copy = Object.fromEntries(
    Object.entries(value).map(([key, child]) => [key, watched(child, `${path}/${key}`, unread)]),
  )
  for (const key of Object.keys(copy)) unread.add(`${path}/${key}`)
  return new Proxy(copy, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`)
      return Reflect.get(target, key)
    },
  }) as T
}
