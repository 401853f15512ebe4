export * from './check.ts'
export type { ByteSource, Chunk } from './chunks.ts'
export * from './derive.ts'
export * from './envelope.ts'
export * from './open.ts'
export * from './padding.ts'
export * from './problem.ts'
export type { OpenabilityProof } from './proof.ts'
export * from './recovery.ts'
export * from './seal.ts'
export { combineShares, isShare, makeShare, type Share, type ShareOf } from './share.ts'
export {
  chunkRange,
  chunkReader,
  headBytes,
  type OpenShape,
  openStream,
  plainBytes,
  type StreamKey,
  type StreamProblem,
  type StreamShape,
  type StreamSummary,
  sealedBytes,
  sealStream,
  streamRoot,
} from './stream.ts'
export * from './suite.ts'
export { smSuite } from './suite-sm.ts'
export {
  type FileList,
  type FileRecord,
  type FileRole,
  fileRoles,
} from './text.ts'
