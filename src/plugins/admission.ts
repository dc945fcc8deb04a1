import type { FastifyReply, FastifyRequest } from 'fastify'
import fastifyPlugin from 'fastify-plugin'
import { Refusal } from '../problems/refusal.ts'

export interface AdmissionBounds {
  /** Requests that are admitted at the same time: those in work and those that wait. */
  readonly tickets: number
  /** Bytes of one body. */
  readonly maxRequestBytes: number
  /** Bytes of the bodies of all admitted requests. */
  readonly maxBufferedBytes: number
}

/** One admitted request and the body memory it holds. */
export interface Ticket {
  /**
   * Takes memory for a body of so many bytes in all.
   *
   * @throws Refusal INPUT_TOO_LARGE, OVERLOADED
   */
  grow(bytes: number): void
}

declare module 'fastify' {
  interface FastifyRequest {
    ticket: Ticket | undefined
  }
  interface FastifyInstance {
    /** Tickets and bytes that are held now. */
    readonly admitted: { tickets: number; bytes: number }
    /** Body memory for a call that needs no ticket; released when its answer is out. */
    holdBody(reply: FastifyReply): Ticket
  }
  interface FastifyContextConfig {
    /** The call does work: it needs a ticket before its body is read. */
    admission?: true
  }
}

/**
 * Bounds the work and the memory of all requests together. A ticket is taken when the headers have arrived, so a
 * refusal costs milliseconds; it is released when the answer is out or the sender is gone.
 */
export const admission = fastifyPlugin<AdmissionBounds>(async (app, bounds) => {
  const admitted = { tickets: 0, bytes: 0 }
  app.decorate('admitted', admitted)
  app.decorateRequest('ticket', undefined)
  app.decorate('holdBody', holdBody)

  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.config.admission) return
    if (admitted.tickets >= bounds.tickets)
      throw new Refusal('QUEUE_FULL', `${bounds.tickets} requests are in work or wait already.`)
    request.ticket = holdBody(reply)
    admitted.tickets++
    reply.raw.once('close', () => {
      admitted.tickets--
    })
    request.ticket.grow(declaredBytes(request))
  })

  function holdBody(reply: FastifyReply): Ticket {
    let held = 0
    reply.raw.once('close', () => {
      admitted.bytes -= held
    })
    return {
      grow(bytes) {
        if (bytes > bounds.maxRequestBytes) throw tooLarge(bounds.maxRequestBytes)
        const more = Math.max(0, bytes - held)
        if (admitted.bytes + more > bounds.maxBufferedBytes)
          throw new Refusal('OVERLOADED', 'The bodies of other requests fill the memory for bodies.')
        admitted.bytes += more
        held += more
      },
    }
  }
})

/** What Content-Length says; a body that does not say is charged as it arrives. */
const declaredBytes = ({ headers }: FastifyRequest): number => Number(headers['content-length'] ?? 0)

const tooLarge = (limit: number): Refusal =>
  new Refusal('INPUT_TOO_LARGE', `The body is larger than the limit of ${limit} bytes.`)
