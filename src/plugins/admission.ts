import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'
import { Bodies, type Body, type BodyBounds } from '../receiving/bodies.ts'
import { onClosed } from '../receiving/on-closed.ts'

export interface AdmissionBounds extends BodyBounds {
  /** Requests that are worked on or wait for it. */
  readonly tickets: number
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body of the request and the memory it holds. */
    held: Body | undefined
  }
  interface FastifyInstance {
    /** Tickets and bytes that are held now. */
    readonly admitted: { readonly tickets: number; readonly bytes: number }
    /** Bodies that arrive now. */
    readonly receiving: number
    /**
     * Takes a ticket for a request whose body has arrived; it is released when its answer is out.
     *
     * @throws Refusal QUEUE_FULL
     */
    takeTicket(reply: FastifyReply): void
    /**
     * Memory for the body of a request; released when its answer is out.
     *
     * @throws Refusal INPUT_TOO_LARGE, OVERLOADED
     */
    holdBody(request: FastifyRequest, reply: FastifyReply): Body
  }
  interface FastifyContextConfig {
    /** The call does work: it needs a ticket. */
    admission?: true
    /** The call takes a body to the disk; while the service is overloaded it is refused as other work is. */
    upload?: true
  }
}

/**
 * Bounds the work and the memory of all requests together. Receiving and waiting have separate places: a ticket is taken
 * when a body is complete, so that slow senders keep nobody from the workers. When all tickets are taken, a request is
 * refused by its headers, in milliseconds. What is held is released when the answer is out or the sender is gone.
 */
export const admission = fastifyPlugin<AdmissionBounds>(async (app, bounds) => {
  const bodies = new Bodies(bounds)
  let tickets = 0
  app.decorate('admitted', {
    get tickets() {
      return tickets
    },
    get bytes() {
      return bodies.bytes
    },
  })
  app.decorate('receiving', { getter: () => bodies.arriving })
  app.decorateRequest('held', undefined)
  app.decorate('takeTicket', (reply) => {
    refuseWhenFull()
    tickets++
    onClosed(reply, () => {
      tickets--
    })
  })
  app.decorate('holdBody', (request, reply) => {
    const body = bodies.add(announcedBytes(request))
    onClosed(reply, () => body.release())
    return body
  })
  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.admission) return
    refuseWhenFull()
    request.held = app.holdBody(request, reply)
  })

  function refuseWhenFull(): void {
    if (tickets >= bounds.tickets)
      throw new Refusal('QUEUE_FULL', `${bounds.tickets} requests are in work or wait already.`)
  }
})

/** What Content-Length says; nothing for a body of unknown length. */
const announcedBytes = ({ headers }: FastifyRequest): number => Number(headers['content-length'] ?? 0)
