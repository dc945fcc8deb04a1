import { type Refusal, refuseField } from '../problems/refusal.ts'
import { pointerTo } from './pointer.ts'

/**
 * A value in a JSON document and the JSON pointer that leads to it, so that every refusal says where it is. Only own
 * properties are read; nothing is trusted to have a type.
 */
export class JsonNode {
  readonly value: unknown
  /** What holds it; a node without an owner has its whole pointer as its step. */
  readonly #owner: JsonNode | undefined
  readonly #step: string | number
  #pointer: string | undefined

  constructor(value: unknown, step: string | number = '', owner?: JsonNode) {
    this.value = value
    this.#step = step
    this.#owner = owner
  }

  /** Put together when it is first asked for: most nodes are only read. */
  get pointer(): string {
    this.#pointer ??= this.#owner ? this.#owner.pointer + pointerTo(this.#step) : String(this.#step)
    return this.#pointer
  }

  get isObject(): boolean {
    return typeof this.value === 'object' && this.value !== null && !Array.isArray(this.value)
  }

  get isArray(): boolean {
    return Array.isArray(this.value)
  }

  /** False for what is absent or null. */
  get exists(): boolean {
    return this.value !== undefined && this.value !== null
  }

  /** The member `key`; a node without a value when there is none. */
  field(key: string): JsonNode {
    const owner = this.value
    const value =
      typeof owner === 'object' && owner !== null && Object.hasOwn(owner, key)
        ? (owner as Record<string, unknown>)[key]
        : undefined
    return new JsonNode(value, key, this)
  }

  /** The first of the members that exists, else a node without a value under the first name. */
  firstOf(...keys: readonly [string, ...string[]]): JsonNode {
    for (const key of keys) {
      const node = this.field(key)
      if (node.exists) return node
    }
    return this.field(keys[0])
  }

  /** True for an object that has all of these members. */
  has(...keys: readonly string[]): boolean {
    return this.isObject && keys.every((key) => this.field(key).exists)
  }

  /** True for a text whose first 4096 characters match. */
  matches(pattern: RegExp): boolean {
    return typeof this.value === 'string' && pattern.test(this.value.slice(0, 4096))
  }

  get length(): number {
    return this.array().length
  }

  item(index: number): JsonNode {
    return new JsonNode(this.array()[index], index, this)
  }

  /** The first item of an array; a node without a value when it is empty, or no array. */
  get head(): JsonNode {
    return this.isArray ? this.item(0) : new JsonNode(undefined, 0, this)
  }

  /** The first item of an array, or this itself when it is none. */
  get first(): JsonNode {
    return this.isArray ? this.item(0) : this
  }

  *items(): Generator<JsonNode> {
    const { length } = this.array()
    for (let index = 0; index < length; index++) yield this.item(index)
  }

  array(): readonly unknown[] {
    if (!Array.isArray(this.value)) throw this.refuse(`must be an array, not ${nameOf(this.value)}`)
    return this.value
  }

  object(): this {
    if (!this.isObject) throw this.refuse(`must be an object, not ${nameOf(this.value)}`)
    return this
  }

  text(): string {
    if (typeof this.value !== 'string') throw this.refuse(`must be a text, not ${nameOf(this.value)}`)
    return this.value
  }

  number(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value))
      throw this.refuse(`must be a number, not ${nameOf(this.value)}`)
    return this.value
  }

  integer(min: number, max = Number.MAX_SAFE_INTEGER): number {
    const value = this.value
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      throw this.refuse(`must be an integer from ${min} to ${max}, not ${nameOf(value)}`)
    return value
  }

  /** An array of finite numbers, checked. */
  numbers(): readonly number[] {
    const values = this.array()
    for (let index = 0; index < values.length; index++) {
      const value = values[index]
      if (typeof value !== 'number' || !Number.isFinite(value)) this.item(index).number()
    }
    return values as readonly number[]
  }

  /** `message` continues a sentence that begins with the pointer. */
  refuse(message: string): Refusal {
    return refuseField('INVALID_ANNOTATION', this.pointer, `${this.pointer || 'The document'} ${message}.`)
  }
}

function nameOf(value: unknown): string {
  if (value === undefined) return 'absent'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  const text = String(value)
  return typeof value === 'string' ? `"${text.slice(0, 40)}"` : text
}
