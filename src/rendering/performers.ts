import type { ScoringContext } from '../scoring/context.ts'
import { overlay } from '../scoring/overlay.ts'
import { overlayLayers } from '../scoring/overlay-layers.ts'
import { openRequest } from '../scoring/request/request.ts'
import type { Performer } from '../tasks/performer.ts'
import { overlayPng } from './overlay-png.ts'

/** The call whose answer is a picture: a PNG, or its layers when the caller accepts JSON. */
export const renderingPerformers = {
  async overlay(body, context, accept) {
    const request = openRequest(body, ['ground_truth', 'prediction', 'image'], context.limits.maxJsonDepth)
    const { overlay: layers, clock } = await overlay(request, context)
    const { width, height } = layers.groundTruth
    const facts = { width, height, pixels: width * height }
    if (accept === 'application/json') return { value: overlayLayers(layers), times: clock.times, facts }
    const png = await clock.run('serialise', () => overlayPng(layers, context.limits.maxPixels))
    return { value: png, contentType: 'image/png', times: clock.times, facts }
  },
} satisfies Record<string, Performer<ScoringContext>>
