import { setTimeout as sleep } from 'node:timers/promises'
import type { RunResource } from '../../src/evaluations/ports/ports.ts'

/** A run is asked for by JSON: sources are data roots of the service. */
export interface AskedRun {
  readonly ground_truth?: RootSource
  readonly prediction?: RootSource
  readonly manifest?: RootSource
  readonly options?: object
}

interface RootSource {
  readonly root: string
  readonly path: string
}

/** Begins a run. @return its address */
export async function beginRun(service: string, asked: AskedRun): Promise<string> {
  const answer = await fetch(`${service}/v1/evaluations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(asked),
  })
  const location = answer.headers.get('location')
  if (answer.status !== 202 || location === null) throw new Error(`${answer.status} ${await answer.text()}`)
  return new URL(location, service).href
}

export async function getRun(address: string, query = ''): Promise<RunResource> {
  const answer = await fetch(address + query)
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`)
  return (await answer.json()) as RunResource
}

/**
 * Looks at the run until what it shows is enough.
 * @throws Error where the run ends before
 */
export async function runUntil(
  address: string,
  isEnough: (run: RunResource) => boolean,
): Promise<RunResource> {
  for (;;) {
    const run = await getRun(address)
    if (isEnough(run)) return run
    refuseEnded(run)
    await sleep(20)
  }
}

/** The run when it is done: asked for as callers ask, who wait for the next state. @throws Error where it failed */
export async function doneRun(address: string): Promise<RunResource> {
  for (;;) {
    const run = await getRun(address, '?wait=30s')
    if (run.state === 'done') return run
    refuseEnded(run)
  }
}

function refuseEnded({ state, finished_at, problem }: RunResource): void {
  if (finished_at !== null) throw new Error(`the run is ${state}: ${JSON.stringify(problem)}`)
}

export async function deleteRun(address: string): Promise<void> {
  const { status } = await fetch(address, { method: 'DELETE' })
  if (status !== 204) throw new Error(`DELETE ${address}: ${status}`)
}
