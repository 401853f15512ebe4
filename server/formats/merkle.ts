import { type Bytes, concat } from './bytes.ts'
import { assert } from './problem.ts'
import { type Hash, sha256 } from './sha256.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** @source RFC 6962 §2.1: H(00 ‖ data) */
export const leafHash = (data: Uint8Array, hash: Hash = sha256): Uint8Array =>
  hash(concat(leafPrefix, data))

/** What `leafHash` hashes; for hashes that can't be computed at once. */
export const leafInput = (data: Uint8Array): Bytes => concat(leafPrefix, data)

/** @source RFC 6962 §2.1: H(01 ‖ left ‖ right) */
export const nodeHash = (left: Uint8Array, right: Uint8Array, hash: Hash = sha256): Uint8Array =>
  hash(concat(nodePrefix, left, right))

/**
 * The right edge of a growing RFC 6962 tree: the roots of its complete subtrees, largest first, one
 * for each 1 in the binary `size`. All that appending and the root need.
 */
export interface Frontier {
  readonly size: number
  readonly nodes: readonly Uint8Array[]
}

/** The tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, nodes: [] }

/**
 * The tree with leaves added at its end; the old frontier stays as it was.
 * @param leaves leaf hashes, 32 bytes each, in order
 */
export function appendLeaves(
  frontier: Frontier,
  leaves: Iterable<Uint8Array>,
  hash: Hash = sha256,
): Frontier {
  assert(frontier.nodes.length === ones(frontier.size), 'a node for each 1 in the size')
  const nodes = [...frontier.nodes]
  let size = frontier.size
  for (const leaf of leaves) {
    let node = leaf
    // Each trailing 1 is a complete subtree as large as what is now its right sibling.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(nodes.pop()!, node, hash)
    }
    nodes.push(node)
    size++
  }
  return { size, nodes }
}

/** The tree hash; of no leaves, the hash of nothing. */
export function frontierRoot(frontier: Frontier, hash: Hash = sha256): Uint8Array {
  if (frontier.size === 0) return hash(new Uint8Array())
  return foldRight(frontier.nodes, hash)
}

/** Roots of subtrees from left to right, each at least as large as the next, as one root. */
export function foldRight(nodes: readonly Uint8Array[], hash: Hash = sha256): Uint8Array {
  assert(nodes.length > 0, 'at least one subtree')
  let root = nodes[nodes.length - 1]!
  for (let i = nodes.length - 2; i >= 0; i--) root = nodeHash(nodes[i]!, root, hash)
  return root
}

/** The RFC 6962 tree hash over leaf hashes. */
export const merkleRoot = (leaves: Iterable<Uint8Array>, hash: Hash = sha256): Uint8Array =>
  frontierRoot(appendLeaves(emptyFrontier, leaves, hash), hash)

function ones(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}
